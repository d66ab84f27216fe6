"""What is kept: store, clips, checkpoints, migrations."""
