"""The two graphs: edges in `shot` and `conversation`, steps beside them."""
