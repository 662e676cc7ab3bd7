"""The words of the published texts: cut, kept in an index of the database, found again and shown in their sentence."""
