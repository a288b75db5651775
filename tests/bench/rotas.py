"""The rotas of some teams as a solver proves them best: reads teams as JSON lines, writes a line for each.

A team has `people`, `spans` of [from, to, night, weekends, holidays] in minutes, `away` of [person, from, to],
`rest` and `stretch` in minutes, `weights`, `going_on`, and `ours`: who stands each span by the program. What is sought,
in this order: fewest breaches, fewest shifts that go on for more than sixteen hours, least sum of weighted squares of
shares and of what shorter ones weigh that go on. Of three in a row each pair is looked at for itself.
"""
import json, sys, time
from math import gcd
import highspy

LIMIT = float(sys.argv[1])
TWELVE = 720
DOUBLE = 960


def pairs(team):
    """Spans that one person cannot stand one after the other without a breach, or goes on."""
    spans = team["spans"]
    for i, first in enumerate(spans):
        for j in range(i + 1, len(spans)):
            rest, length = spans[j][0] - first[1], spans[j][1] - first[0]
            if rest > 0 and rest >= team["rest"]:
                break
            goes_on = rest == 0 and length <= team["stretch"]
            yield i, j, 0 if not goes_on else 1 if length > DOUBLE else 2


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
    for i, j, kind in pairs(team):
        if given[i] == given[j] and given[i] not in given[i + 1:j]:
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
    for i, j, kind in pairs(team):
        for who in people:
            x = stands[who]
            one = model.addVariable(0, 1)
            model.addConstr(one >= x[i] + x[j] - sum(x[i + 1:j]) - 1)
            broken[kind].append(one)
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
