"""Advice: what to choose for a kind of work, why, and whether this machine agrees.

    answers ──► tree ──► row ──┐
    machine, Python ───────────┴──► recommendation, with its runner-up and when that wins
    row, a run of its work ───────► agreement: does the textbook's advice hold here, and why not
    any run ──────────────────────► what to do

The rows and the tree are data; what is measured decides.
"""

from bench.analysis.advice.agreement import Agreement, Stand, agreement
from bench.analysis.advice.gil import Gil, gil_of
from bench.analysis.advice.limits import limited
from bench.analysis.advice.predicting import Way
from bench.analysis.advice.profile import CANDIDATES, Advice, advice_of
from bench.analysis.advice.profile_check import Check, checked
from bench.analysis.advice.rows import Answer, Choice, Question, Recommendation, Row, recommend
from bench.analysis.advice.situation import Condition, Situation, situation_of
from bench.analysis.advice.table import ROWS
from bench.analysis.advice.todo import ToDo, what_to_do
from bench.analysis.advice.tree import FIRST, QUESTIONS, paths, trail, walked

__all__ = [
    "CANDIDATES",
    "FIRST",
    "QUESTIONS",
    "ROWS",
    "Advice",
    "Agreement",
    "Answer",
    "Check",
    "Choice",
    "Condition",
    "Gil",
    "Question",
    "Recommendation",
    "Row",
    "Situation",
    "Stand",
    "ToDo",
    "Way",
    "advice_of",
    "agreement",
    "checked",
    "gil_of",
    "limited",
    "paths",
    "recommend",
    "situation_of",
    "trail",
    "walked",
    "what_to_do",
]
