"""Files as they came, shown safely: as text and tables drawn by us, pages of a PDF as pictures, never as the file itself."""
