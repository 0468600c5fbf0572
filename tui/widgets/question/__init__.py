"""What a question is answered with: boards of rows, fields, the confidence, the verdict."""
