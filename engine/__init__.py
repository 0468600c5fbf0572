"""What is trained; importing it never imports torch."""
