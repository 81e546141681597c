"""Question banks, quizzes, attempts and grading.

Editors write questions and quizzes, learners write attempts. It knows people, not courses.
"""
