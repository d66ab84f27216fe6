"""The words: sheet, blocks, references, prompt, rendering."""
