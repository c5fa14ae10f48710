"""Files that people write, read with every fault told by its line.

`text` reads a file in UTF-8 and keeps every character. `yaml_reader` is the one way in which YAML
is read, into a given form; `yaml_document` reads the YAML itself without recursion, so that no file
can crash the start.
"""
