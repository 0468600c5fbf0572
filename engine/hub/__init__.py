"""The Hugging Face hub as far as it is light: where it is, what lies in its cache, what a model would cost."""
