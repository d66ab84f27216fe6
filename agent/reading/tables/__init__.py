"""From rows of cells to drafts."""
