"""Import formats: one file each, registered by `import_format`."""
