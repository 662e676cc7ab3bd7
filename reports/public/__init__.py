"""The reader's side: what is public, drawn as sheets, listed, narrowed and compared."""
