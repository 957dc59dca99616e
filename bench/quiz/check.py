"""Reads from its input what was acknowledged, and says what of it is not in the log's projection.

Input: {registration: {question: choice}}. Prints as JSON how many answers are lost, how many
verdicts there are, and how many attempts have more or less than one.
"""

import json
import sys
from collections import Counter

import django

django.setup()

from assessments.models import Response
from lrs.models import Statement
from xapi import verbs


def main() -> None:
    acknowledged = json.load(sys.stdin)
    found = {
        (str(registration), str(question)): response
        for registration, question, response in Response.objects.values_list(
            "registration", "question_key", "response"
        )
    }
    lost = [
        (registration, question)
        for registration, answers in acknowledged.items()
        for question, choice in answers.items()
        if found.get((registration, question)) != choice
    ]
    judged = Statement.objects.filter(verb__in=[verbs.PASSED.id, verbs.FAILED.id])
    verdicts = Counter(str(one) for one in judged.values_list("registration", flat=True))
    wrong = [one for one in acknowledged if verdicts[one] != 1]
    print(json.dumps({"lost": len(lost), "verdicts": verdicts.total(), "wrong": len(wrong)}))


if __name__ == "__main__":
    main()
