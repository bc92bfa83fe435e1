"""xiaxiang (下乡): rotation, assessment and official documents of rural medical support, offline.

The command line is the only public interface; everything importable here may change.
"""

__version__ = "0.1.0"
