"""The drawing room of the sandbox: places, figures, surfaces, faults and the camera."""
