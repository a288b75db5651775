"""The rotas of some teams as a solver proves them best: reads teams as JSON lines, writes a line for each.

A team has `people`, `spans` of [from, to, night, weekends, holidays] in minutes, `away` of [person, from, to],
`rest` and `stretch` in minutes, `weights`, `going_on`, and `ours`: who stands each span by the program. What is sought,
in this order: fewest breaches, fewest shifts that go on for more than sixteen hours, least sum of weighted squares of
shares and of what shorter ones weigh that go on. A stretch counts from its beginning, however many spans it has.
"""
import json, sys, time
from math import gcd
import highspy

LIMIT = float(sys.argv[1])
TWELVE = 720
DOUBLE = 960


def rests(team):
    """Spans that one person cannot stand one after the other without too short a rest."""
    spans = team["spans"]
    for i, first in enumerate(spans):
        for j in range(i + 1, len(spans)):
            rest = spans[j][0] - first[1]
            if rest >= max(team["rest"], 1):
                break
            if rest > 0:
                yield i, j


def runs(team):
    """Spans that follow each other at once: the last, and from where on one person who stands them all breaks the
    longest stretch, goes on for too long, or goes on at all."""
    spans = team["spans"]
    for j in range(1, len(spans)):
        first, found = j, [None, None, None]
        while first > 0 and spans[first - 1][1] == spans[first][0]:
            first -= 1
            length = spans[j][1] - spans[first][0]
            for kind, most in enumerate((team["stretch"], DOUBLE, 0)):
                if length > most and found[kind] is None:
                    found[kind] = first
        if first < j:
            yield j, found


def kinds(team):
    """What is counted: how much of it each span has, its step, its weight; the same counts once."""
    spans, weights, found = team["spans"], team["weights"], {}
    lasts = [to - start for start, to, *_ in spans]
    counted = {
        "shifts": [1] * len(spans), "nights": [s[2] for s in spans], "weekends": [s[3] for s in spans],
        "holidays": [s[4] for s in spans], "free": [s[3] + s[4] for s in spans],
    }
    if len(set(lasts)) == 1:
        weights = dict(weights, shifts=weights["shifts"] + weights["hours"] * (lasts[0] / TWELVE) ** 2)
    else:
        counted["hours"] = [length / TWELVE for length in lasts]
    for kind, has in counted.items():
        if any(has):
            step = gcd(*lasts) / TWELVE if kind == "hours" else 1
            was = found.get(tuple(has), (0, step))
            found[tuple(has)] = was[0] + weights[kind], step
    return [(has, step, weight) for has, (weight, step) in found.items()]


def score(team, given):
    """What a rota has of each, by the same count as the program's."""
    broken = [0, 0, 0]
    for i, j in rests(team):
        broken[0] += given[i] == given[j] and given[i] not in given[i + 1:j]
    for j, found in runs(team):
        kinds_of = (kind for kind, first in enumerate(found) if first is not None and len(set(given[first:j + 1])) == 1)
        for kind in list(kinds_of)[:1]:
            broken[kind] += 1
    shares = team["going_on"] * broken[2]
    for has, _, weight in kinds(team):
        for who in range(team["people"]):
            shares += weight * sum(n for n, stands in zip(has, given) if stands == who) ** 2
    return broken[0], broken[1], shares


def solve(team, ours):
    """The proven least of each, from below, and whether all of it was proven in time."""
    people, spans = range(team["people"]), team["spans"]
    model = highspy.Highs()
    model.silent()
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 1e-6)
    away = lambda who, span: any(p == who and a < span[1] and span[0] < b for p, a, b in team["away"])
    stands = [[model.addIntegral(0, 0 if away(who, span) else 1) for span in spans] for who in people]
    for i in range(len(spans)):
        model.addConstr(sum(stands[who][i] for who in people) == 1)
    broken = [[], [], []]

    def all_of(x, spans):
        one = model.addVariable(0, 1)
        model.addConstr(one >= sum(x[i] for i in spans) - len(spans) + 1)
        return one

    for x in stands:
        for i, j in rests(team):
            one = model.addVariable(0, 1)
            model.addConstr(one >= x[i] + x[j] - sum(x[i + 1:j]) - 1)
            broken[0].append(one)
        for j, found in runs(team):
            harder = 0
            for kind, first in enumerate(found):
                if first is None:
                    continue
                one = all_of(x, range(first, j + 1))
                model.addConstr(one >= harder)
                # What breaks the stretch does not go on as well.
                broken[kind].append(one - harder)
                harder = one
    least, is_proven = [], True

    def run(goal):
        nonlocal is_proven
        model.setOptionValue("time_limit", model.getRunTime() + LIMIT)
        model.minimize(goal)
        is_proven &= model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return model.getInfo().mip_dual_bound

    for had, variables in zip(ours[:2], broken):
        bound = 0
        # What the program left out altogether needs no proof.
        if had:
            bound = round(run(sum(variables)) + 0.499)
        least.append(bound)
        if variables:
            model.addConstr(sum(variables) <= max(bound, 0) if is_proven else sum(variables) <= had)
    goal = [team["going_on"] * one for one in broken[2]]
    for has, step, weight in kinds(team):
        most = sum(has)
        for who in people:
            share = model.addVariable(0, most)
            model.addConstr(share == sum(n * x for n, x in zip(has, stands[who]) if n))
            square = model.addVariable(0, most * most)
            # The square where it may be, from below: the lines through neighbouring ones.
            for n in range(int(most / step + 1)):
                low, high = n * step, (n + 1) * step
                model.addConstr(square >= (low + high) * share - low * high)
            goal.append(weight * square)
    least.append(run(sum(goal)))
    return least, is_proven


for line in sys.stdin:
    team = json.loads(line)
    ours = score(team, team["ours"])
    begin = time.perf_counter()
    least, is_proven = solve(team, ours)
    print(json.dumps({"ours": ours, "least": least, "proven": is_proven, "seconds": time.perf_counter() - begin}), flush=True)
