"""What should not have been published: words taken out of a report wherever they stand, or a report taken down whole."""
