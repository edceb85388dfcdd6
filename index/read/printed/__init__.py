"""Printed pages: lines with their places in, paragraphs in reading order out."""
