#!/usr/bin/env python3
"""Turns the workload of `gen_audit.py` (a log of requests judged by norms) into a policy and
facts of ours.

    prepare.py OUT --generator GENERATOR [ARGUMENT ...]     runs the generator first
    prepare.py OUT --from FOLDER                            takes what it wrote before

Writes into the folder OUT:
  policies/audit.dl    a vocabulary, and each norm overriding the opposite ones of lower number
  facts/*.tsv          individuals, what is known of them, and the acts
  norm.tsv             the norms again, for the yardstick
  expected.json        the counts that the generator's own evaluator found
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

VOCABULARY = """\
// Who asks to do what with which content on which account, and what is known of them.
sort role.
sort label.
sort account_kind = {kinds}.

/// Has a role by appointment.
relation actor_role(actor: actor, role: role) en "{{actor}} is {{role}}" fr "{{actor}} est {{role}}".

/// Includes another role.
relation role_parent(role: role, parent: role)
  en "{{role}} includes {{parent}}" fr "{{role}} comprend {{parent}}".

/// Has a role, by appointment or because another includes it.
relation has_role(actor: actor, role: role)
  en "{{actor}} acts as {{role}}" fr "{{actor}} agit comme {{role}}".
has_role(A, R) :- actor_role(A, R).
has_role(A, S) :- has_role(A, R), role_parent(R, S).

/// Who answers for an account.
relation account_owner(account: account, actor: actor)
  en "{{account}} belongs to {{actor}}" fr "{{account}} appartient à {{actor}}".

/// What an account is for.
relation is_of_kind(account: account, kind: account_kind)
  en "{{account}} is {{kind}}" fr "{{account}} est {{kind}}".

/// What a piece of content is marked as.
relation content_label(content: content, label: label)
  en "{{content}} is marked {{label}}" fr "{{content}} porte la mention {{label}}".
"""

DOCUMENT = """
document audit
  title en "Requests" fr "Demandes" jurisdiction nowhere publisher nobody rank policy.

resolve by exception.
"""


def norm_text(norm, norms):
    """One norm: a condition for each column of the neutral form that is given."""
    when = [
        f"has_role(A, {norm['role']})",
        f"is_of_kind(X, {norm['kind']})",
        f"content_label(C, {norm['label']})",
    ]
    if norm["not_label"]:
        when.append(f"not content_label(C, {norm['not_label']})")
    if norm["owner"] is not None:
        when.append(("" if norm["owner"] else "not ") + "account_owner(X, A)")
    lower = [
        f"audit/{other['n']}"
        for other in norms
        if other["n"] < norm["n"] and other["effect"] != norm["effect"]
    ]
    overrides = f"\n  overrides {', '.join(lower)}" if lower else ""
    n, effect, action = norm["n"], norm["effect"], norm["action"]
    return (
        f'\nnorm audit/{n} lines {n}\n  en "Norm {n}." fr "Norme {n}."\n'
        f"  {effect} {action} by A of C on X\n  when {', '.join(when)}{overrides}.\n"
    )


def policy_text(norms, actions, kinds):
    text = VOCABULARY.format(kinds=", ".join(kinds))
    for action in actions:
        text += (
            f"\naction {action}(by: actor, of: content, on: account, at: date)"
            f' en "{action}" fr "{action}".\n'
        )
    return text + DOCUMENT + "".join(norm_text(norm, norms) for norm in norms)


def tuples(folder, name):
    with open(os.path.join(folder, name + ".tsv"), encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file]


def convert(source, out):
    with open(os.path.join(source, "norms.json"), encoding="utf-8") as file:
        norms = json.load(file)["norms"]
    requests = tuples(source, "request")
    roles, parents = tuples(source, "actor_role"), tuples(source, "role_parent")
    owners, kinds = tuples(source, "account_owner"), tuples(source, "account_kind")
    labels = tuples(source, "content_label")

    def first_seen(*lists):
        return list(dict.fromkeys(value for values in lists for value in values))

    individuals = {
        "actors": first_seen((a for a, _ in roles), (a for _, a in owners), (r[1] for r in requests)),
        "roles": first_seen((r for pair in parents for r in pair), (r for _, r in roles)),
        "accounts": first_seen((a for a, _ in kinds), (r[4] for r in requests)),
        "content": first_seen((c for c, _ in labels), (r[3] for r in requests)),
        "labels": first_seen((l for _, l in labels)),
    }
    actions = sorted({norm["action"] for norm in norms} | {r[2] for r in requests})
    kind_names = sorted({norm["kind"] for norm in norms} | {kind for _, kind in kinds})
    tables = {
        **{name: (["id"], [[value] for value in values]) for name, values in individuals.items()},
        "actor_role": (["actor", "role"], roles),
        "role_parent": (["role", "parent"], parents),
        "account_owner": (["account", "actor"], owners),
        "is_of_kind": (["account", "kind"], kinds),
        "content_label": (["content", "label"], labels),
        "acts": (["id", "by", "action", "of", "on"], [["q" + r[0], *r[1:]] for r in requests]),
    }
    for folder in ("policies", "facts"):
        shutil.rmtree(os.path.join(out, folder), ignore_errors=True)
        os.makedirs(os.path.join(out, folder))
    with open(os.path.join(out, "policies", "audit.dl"), "w", encoding="utf-8") as file:
        file.write(policy_text(norms, actions, kind_names))
    for name, (columns, rows) in tables.items():
        with open(os.path.join(out, "facts", name + ".tsv"), "w", encoding="utf-8") as file:
            file.writelines("\t".join(row) + "\n" for row in [columns, *rows])
    for name in ("norm.tsv", "expected.json"):
        shutil.copy(os.path.join(source, name), os.path.join(out, name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("out")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--generator", help="the path of gen_audit.py")
    source.add_argument("--from", dest="folder", help="a folder that it wrote")
    arguments, rest = parser.parse_known_args()
    if arguments.folder:
        convert(arguments.folder, arguments.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, arguments.generator, folder, *rest]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        convert(folder, arguments.out)


if __name__ == "__main__":
    main()
