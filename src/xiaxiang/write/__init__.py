"""The only door to disk: `names.safe_name` makes a file name, `files.write_file` puts bytes under it, whole or not."""
