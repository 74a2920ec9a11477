"""The commands of the command line, one module each: its options in ``add``, its work in ``carry_out``."""
