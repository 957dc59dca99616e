"""How questions and quizzes fare, in figures and in plain words. Counted when asked.

Each learner counts once: by the first attempt that was handed in and holds the question. Groups
smaller than `measures.FEWEST` are not shown.
"""
