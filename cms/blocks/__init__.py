"""The blocks a lesson is built of."""

from cms.blocks.body import LESSON_BLOCKS

__all__ = ["LESSON_BLOCKS"]
