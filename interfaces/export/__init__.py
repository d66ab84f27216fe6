"""The film for the edit: timelines, clips with names that sort, and the record, each as whole files."""
