"""The command line: thin commands (parse, build, run, print), the only exit codes, the only words on the terminal."""
