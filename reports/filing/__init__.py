"""The filer's side: the entry form as its page draws it, what is proposed, what was changed and by whom."""
