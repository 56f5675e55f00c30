"""What is asked: questionnaires as data, and the small pure package that loads and checks them."""
