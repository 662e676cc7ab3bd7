"""What a file said and what people make of it, before anything is stored: the clerk's and the supervisor's side of an import."""
