"""The PyTorch twin of the book's UNet: same maths, same tensor names, same files."""
