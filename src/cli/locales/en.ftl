### Everything that a reader of English is told on the command line.

## Building blocks

field = { $label }: { $text }
quoted = `{ $word }`
list-and = { $first } and { $last }
and-more = { $first } and { $count } more
and-others = { $first } and { $count ->
    [one] 1 other
   *[other] { $count } others
  }

## Diagnostics and failures

error = error
warning = warning
note = note
help = help
diagnostics-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
  }
diagnostics-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
  }
diagnostics-hidden = {" "}(and { $count } more that are not shown; --all-diagnostics shows them)
cannot-read = cannot read: { $cause }
cannot-write = cannot write { $path }: { $cause }
cannot-draw = cannot draw the explanation: { $cause }
cannot-write-output = cannot write the answer: { $cause }

## Usage errors

usage-no-such-format = `{ $command }` has no format `{ $format }`; it has { $known }
usage-no-date = `{ $value }` is no date; write 2024-05-02 or 2024-05-02T14:30
usage-unknown-argument = there is no option `{ $arg }` here
usage-unexpected = `{ $arg }` is one argument too many
usage-unknown-command = there is no command `{ $name }`
usage-missing-command = a command is missing
usage-missing-argument = { $arg } is missing
usage-repeated = `{ $arg }` may be given only once
usage-conflict = `{ $arg }` and `{ $other }` do not go together
usage-missing-value = `{ $arg }` needs a value
usage-bad-value = `{ $value }` does not fit `{ $arg }`
usage-unknown-value = `{ $value }` does not fit `{ $arg }`; it takes { $known }
usage-did-you-mean = Did you mean `{ $name }`?
usage-see-help = See `{ $command } --help`.

## Help

help-usage = Usage:
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-attendu = Says who may, must and must not do what under a guideline, and why.
help-attendu-after = Exit codes: 0 done; 1 done, and the answer is "no"; 2 the command line is wrong; 3 the input has errors.
help-ask = Asks a question: who may do what, or any question of the facts
help-ask-after = Examples:
    {"  "}attendu ask may share by Who of What on Where
    {"  "}attendu ask 'must not share by Who of C where partisan(C)'
help-decide = Gives the verdict of the acts in the facts, or of one described
help-decide-after = Example:
    {"  "}attendu decide 'share by roy of photo-1 on @roy'
help-report = Writes one file about many acts: verdicts, norms, documents, each act explained
help-report-acts = Ids of acts, or acts described; all recorded acts if none
help-report-brief = Leave out the explanations of the acts
help-report-format = Form of the report: markdown (default, with Mermaid) or html
help-explain = Shows what a verdict rests on, down to the facts
help-interview = Asks question by question what the verdict of an act hangs on
help-interview-after = Exit code 1 if the verdict is still undetermined at the end.
help-interview-act = Id of an act, or an act described
help-interview-save = Write the answers to this file of facts, after each answer
help-interview-resume = Go on from the answers in this file
help-test = Tests the acts and saved queries that have an expected answer
help-norms = Browses the norms, definitions, scopes and notes
help-relations = Browses the relations and actions of the vocabulary
help-coverage = Compares the policies with the inventories of the documents
help-coverage-after = Exit code 1 if a statement of an inventory is not encoded.
help-sources = Checks the source texts of the documents, or compares two editions of them
help-verify = Checks an explanation step by step against the policies and the facts
help-verify-after = FILE is what `attendu explain ACT --format json` wrote, with `--why-not` or `--what-would-change` too. Exit code 1 if a step does not hold.
help-fmt = Puts policies into canonical form
help-option-policies = File or folder of policies (default: policies)
help-option-facts = File or folder of facts (default: facts)
help-option-queries = File or folder of saved queries (default: queries)
help-option-as_of = Day, and time if you like, of acts without a date (default: today)
help-option-lang = Language: en or fr (default: that of your system)
help-option-format = Form of the answer: text (default) or json; more with ask, decide and explain
help-option-color = Colour in diagnostics: auto (default), always or never
help-option-all_diagnostics = Show all errors and warnings, however many
help-option-help = Show this help
help-option-version = Show the version
help-option-assume = Answer as if this were stated: partisan(photo-1), not partisan(photo-1); may be repeated
help-option-retract = Answer as if this were not stated; may be repeated
help-ask-question = Question, or the name of a saved one
help-ask-possible = Also show what depends on unknown facts, with the question that settles it
help-ask-full = Show all names of each group
help-ask-format = Form of the answer: text (default), json, csv or tsv
help-decide-acts = Ids of acts, or acts described; all recorded acts if none
help-decide-under = Judge by this document alone
help-decide-details = Show each act in full
help-decide-format = Form of the answer: text (default), json or ndjson
help-explain-act = Id of an act, or an act described
help-explain-all = Explain all recorded acts as one graph, a line of JSON for each node
help-explain-all_proofs = Show all proofs of what rules conclude, up to COUNT of each (default: 10), as text or json
help-explain-why_not = Show why the verdict is not this one: permitted (default, unless it is that), prohibited (then), conditional, conflict, unregulated
help-explain-what_would_change = Show the smallest changes of the facts that would change the verdict
help-explain-to = With --what-would-change: to this verdict alone, permitted, prohibited, conditional, conflict or unregulated (default: to each but conflict)
help-explain-format = Form of the answer: text (default), prose (a memo), json, dot, svg, png, mermaid, markdown or html; with --all, ndjson
help-test-full = Show all norms that no test exercises
help-norms-text = Id of a statement, or part of its text
help-norms-document = Only statements of this document
help-norms-effect = Only norms of this effect: forbid, permit, oblige, require, …
help-norms-source = Show the lines that are cited, from the source texts in this folder
help-norms-relation = Only statements that ask for this relation
help-relations-text = Name of a relation, or part of its text
help-relations-asked_by = Only relations that this statement or document asks for
help-coverage-documents = Names of documents (default: all)
help-coverage-full = Show all entries of each list
help-sources-after = With --against, FOLDER holds the texts that were cited and --against those of a new edition; exit code 1 if a statement is to be looked at again.
help-sources-folder = Folder with the source texts
help-sources-against = Folder with a new edition: list the statements whose cited lines changed, vanished or moved
help-sources-full = Show all lines and all statements
help-verify-file = File with the JSON of an explanation
help-fmt-paths = Files or folders; - for standard input (default: the policies)
help-fmt-check = Change nothing; list the files that would change
value-ATOM = ATOM
value-COMMAND = COMMAND
value-COUNT = COUNT
value-PATH = PATH
value-DATE = DATE
value-LANGUAGE = LANGUAGE
value-FORMAT = FORMAT
value-WHEN = WHEN
value-QUESTION = QUESTION
value-ACT = ACT
value-VERDICT = VERDICT
value-DOCUMENT = DOCUMENT
value-TEXT = TEXT
value-EFFECT = EFFECT
value-FILE = FILE
value-FOLDER = FOLDER
value-RELATION = RELATION
value-NORM = NORM

## Progress

progress-read = Reading
progress-derive = Deriving facts
progress-judge = Judging acts

## Verdicts

verdict-conflict = conflict
verdict-prohibited = prohibited
verdict-undetermined = undetermined
verdict-conditional = conditional
verdict-permitted = permitted
verdict-unregulated = unregulated
verdict-contested = { $verdict } (contested)
sentence-conflict = Conflict: norms contradict each other here, and nothing says which of them prevails.
sentence-prohibited = Prohibited.
sentence-prohibited-contested = Prohibited (contested): if an unknown fact turns out so, norms contradict each other. It is permitted in no case.
sentence-undetermined = Undetermined: it depends on what is not known.
sentence-conditional-permitted = Permitted once these conditions are met:
sentence-conditional-unregulated = Not regulated once these conditions are met:
sentence-permitted = Permitted.
sentence-permitted-advised-against = Permitted, but advised against.
sentence-unregulated-out-of-scope = Unregulated: no document governs this act.
sentence-unregulated-out-of-force = Unregulated: what would have governed this act is not in force on that day.
sentence-unregulated-silent = Unregulated: the documents say nothing of it.
sentence-unregulated-advice-only = Unregulated: the documents only advise.
silence-out-of-scope = no document governs it
silence-out-of-force = not in force
silence-silent = documents are silent
silence-advice-only = advice only
breach-breach = It was performed, and is a breach.
breach-possible = It was performed, and may be a breach: that depends on what is not known.
breach-contested = It was performed; as the norms contradict each other, it is not counted as a breach.
breach-none = It was performed, and is no breach.
judged-on = Judged on { $date }; { $mode }.
mode-performed = performed
mode-planned = planned
mode-omitted = omitted
mode-question = asked about

## Parts of a verdict

conditions = Conditions
conditions-met = Conditions already met
standing-met = Met
standing-unmet = Not met
standing-unmet-fixed = Not met, and nobody can change it
standing-unknown = Unknown
condition-source = { $atom }, required by { $norm }
questions = What would settle it
unknown = Unknown
question-source = State { $atom }; it matters to { $norms }.
doubt-which-way = In which way was it done?
doubt-circular = It hangs on a verdict that depends on itself.
doubt-beyond-limit = It hangs on more unknown facts than were weighed together; they may not all matter.
doubt-short-which-way = in which way?
doubt-short-circular = hangs on a circle
doubt-short-beyond-limit = too much is unknown
documents = By document
norms-in-force = Norms in force
norms-open = Norms that may be in force
norms-set-aside = Norms set aside
norm-per = For { $values }.
norm-in-force-if = In force { $ways }.
norm-may-apply = Whether it applies depends on what is not known.
norm-set-aside = Set aside by { $norm } ({ $principle }).
norm-clashes = Contradicts { $norms }; nothing says which prevails.
principle-exception = exception
principle-superior = higher rank
principle-later = later date
effect-forbid = forbids
effect-permit = permits
effect-permit-not = permits not to
effect-oblige = obliges
effect-require = sets a condition
effect-discourage = advises against
effect-recommend = recommends
effect-consider = names a factor
effect-consequence = attaches a consequence
effect-note = note
duties = Duties
advice = Advice
due-oblige = must
due-permit-not = need not
due-discourage = is advised against
due-recommend = is advised to
due-bearer = { $bearer } { $effect }
due-anyone-oblige = To be done
due-anyone-permit-not = Need not be done
due-anyone-discourage = Advised against
due-anyone-recommend = Advised
due-set-aside = Set aside.
duty-standing = Standing: { $standing }.
duty-deadline = Standing: { $standing }; due by { $deadline }.
fulfilment-pending = still to be done
fulfilment-met = done
fulfilment-overdue = overdue
fulfilment-omitted = omitted
factors = Factors to weigh
factor-present = Present
factor-absent = Absent
factor-unknown = Unknown
direction-raises = Raises concern ({ $norm }).
direction-lowers = Lowers concern ({ $norm }).
direction-neither = To be weighed ({ $norm }).
consequences = Consequences
follows = Follows
may-follow = May follow
consequence-source = { $atom }, by { $norm }
also-check = Also check
out-of-force = Not in force on that day
cite-line = { $id }, line { $lines }
cite-lines = { $id }, lines { $lines }

## Many verdicts

no-acts = There is no act to judge: the facts record none.
head-act = Act
head-description = What
head-verdict = Verdict
head-decided-by = Decided by
count-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
  }
totals = { $count ->
    [one] 1 act
   *[other] { $count } acts
  }: { $parts }.
total-conflict = { $count } in conflict
total-prohibited = { $count } prohibited
total-undetermined = { $count } undetermined
total-conditional = { $count } conditional
total-permitted = { $count } permitted
total-unregulated = { $count } unregulated

## Answers

as-of = As of { $date }.
group = { $number }. { $count ->
    [one] 1 answer
   *[other] { $count } answers
  }
column-by = By
column-of = Of
column-on = On
column-to = To
column-with = With
column-for = For
column-at = At
any = any
any-by = anyone
any-on = any account
once-met = Once met
by-norm = Under { $norm }
answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
  } in { $groups ->
    [one] 1 group
   *[other] { $groups } groups
  }.
judged = { $count ->
    [0] There was no candidate to judge.
    [one] 1 candidate was judged.
   *[other] { $count } candidates were judged.
  }
nothing-may = Nobody may do this.
nothing-must = Nobody must do this.
nothing-must-not = Nobody is forbidden to do this.
nothing-conflict = There is no conflict.
nothing-unregulated = Nothing of the kind is unregulated.
nothing-facts = There is no answer.
nothing-shown-possible = What depends on unknown facts is left out; --possible shows it.
answer-yes = Yes.
answer-no = No.
answer-depends = It depends on what is not known.
answer-once-met = Yes, once the conditions are met.
partial = This answer is not complete

## What if

assumed = Assumed
retracted = Taken back
as-they-are = Against the facts as they are
verdict-was = The verdict is then: { $verdict }.
verdict-same = The verdict is the same.
norm-was = { $before }; here { $after }
norm-status-in = in force
norm-status-open = perhaps in force
norm-status-out = set aside
norm-status-none = does not apply
act-was = { $was }; here { $is }
acts-changed = { $count ->
    [0] No verdict of { $all } changes
    [one] 1 verdict of { $all } changes
   *[other] { $count } verdicts of { $all } change
  }.
answer-same = The answer is the same.
rows-came = { $count ->
    [one] 1 answer comes:
   *[other] { $count } answers come:
  }
rows-went = { $count ->
    [one] 1 answer goes:
   *[other] { $count } answers go:
  }
rows-more = … and { $count } more

## What would change a verdict

verdict-is = The verdict is: { $verdict }.
would-be = It would be { $verdict } with { $count ->
    [one] 1 change
   *[other] { $count } changes
}:
would-not-be = { $count ->
    [one] No single change makes it { $verdict }.
   *[other] No set of up to { $count } changes makes it { $verdict }.
}
may-be = { $count ->
    [0] No change was found that makes it { $verdict }, but the search was given up.
    [one] No single change makes it { $verdict }; the search for sets of more was given up.
   *[other] No set of up to { $count } changes makes it { $verdict }; the search for larger ones was given up.
}
change-state = State
change-withdraw = Withdraw
change-turn = State the opposite
change-move = Change to
change-instead = Instead of
changes-alike = { $more ->
    [0] The same with another in the place of { $name }: { $others }.
   *[other] The same with another in the place of { $name }: { $others }; { $more } more are in the JSON.
  }
changes-all = No smaller set leads there, and no other one of this size.
changes-some = No smaller set leads there; there may be others of this size, as the search was given up.
changes-left-out = Not looked at, as too much could be stated: { $relations }.

## Tests

test-failed = Failed: { $name } ({ $place })
difference-verdict = Verdict
difference-norm = Norm
difference-document = Document
difference-duty = Duty
difference-advice = Advice
difference-factor = Factor
difference-question = Question
difference-condition = Condition
difference-answer = Answer
expected = expected
found = found
test-unexercised = { $count ->
    [one] 1 norm that no test exercises
   *[other] { $count } norms that no test exercises
  }
test-more = … and { $count } more; --full shows them.
test-count = { NUMBER($passed, useGrouping: "false") } passed, { NUMBER($failed, useGrouping: "false") } failed

## Browsing

kind-norm = norm
kind-definition = definition
kind-scope = scope
kind-note = note
reason-informative = informative
reason-duplicate = duplicate
reason-external = refers elsewhere
quality-open = open
quality-fixed = fixed
quality-closed = closed
quality-derived = derived
quality-input = input
quality-defined = defined
quality-action = action
reading = Read aloud
text = As written
citation = Cites
place = Stands in
overrides = Overrides
overridden-by = Overridden by
asks-for = Asks for
asked-by = Asked for by
template = Reads
count-facts = { $count ->
    [0] No fact states it.
    [one] 1 fact states it.
   *[other] { $count } facts state it.
  }
nothing-found = Nothing was found.
count-statements = { $count ->
    [one] 1 statement.
   *[other] { $count } statements.
  }
count-relations = { $count ->
    [one] 1 relation.
   *[other] { $count } relations.
  }

## Coverage

head-document = Document
head-statements = Statements
head-encoded = Encoded
head-missing = Missing
head-only-noted = Notes only
number = { $count }
all-documents = All
no-inventory = no inventory
encoded-as = Encoded as
notes = Notes
counted = { $what } ({ $count })
listed-count = { $label } ({ $count })
missing = Missing
unknown-statements = Not in the inventory
uncited = Without cited lines
doubled = Encoded more than once
cited-otherwise = Other lines than in the inventory
cited-and-listed = { $id }: cites { $cited }, the inventory has { $inventory }
listed-regulative = norm
listed-definition = definition
listed-scope = scope
listed-consideration = consideration
listed-advice = advice
listed-procedure = procedure
listed-scenario = scenario
listed-sanction = sanction
listed-must = must
listed-must_not = must not
listed-may = may
listed-should = should
listed-should_not = should not

## Checking explanations

verify-accepted = { $count ->
    [one] Accepted: 1 step, and it holds.
   *[other] Accepted: { $count } steps, and all of them hold.
  }
verify-refused = { $count ->
    [one] Refused: 1 step does not hold.
   *[other] Refused: { $count } steps do not hold.
  }
verify-trusted = Taken on trust
trusted-breaches = that no other act or omission was a breach
trusted-changed-norms = which norms come, go, or stand otherwise
trusted-duty = that the duty or the advice is in force as it is said to be, or that the consequence follows
trusted-folded = a line that says that several conditions do not hold together
trusted-in-force-if = when exactly a norm that may be in force is
trusted-nearest = that nothing comes nearer than what is shown
trusted-norms = that no norm is left out
trusted-other-verdict = the verdict of another act
trusted-settling = what comes out in all completions of what is unknown
trusted-smallest = that no smaller set leads there, and no other one
trusted-status = whether the norm is in force
trusted-verdict = that the verdict follows
trusted-ways = that the act may have been done in a worse way
fault-unreadable = This is not the JSON of an explanation: { $what }
fault-other-schema = Explanations of the schema “{ $what }” cannot be checked; this version reads “attendu.explanation/2” and “attendu.changes/1”.
fault-name = The node “{ $what }” is missing, or there are two of that name.
fault-circle = This rests on itself.
fault-no-root = There is no verdict that it explains.
fault-unknown-act = The policies and the facts know no act “{ $what }”.
fault-supposed = What it supposes cannot be: { $what }
fault-no-statement = The policies have no statement “{ $what }” that says this.
fault-not-an-instance = The conditions of “{ $what }” do not hold for these values.
fault-missing = A reason is missing: that { $what }.
fault-idle = A reason is given that nothing asks for here: { $what }
fault-loose = Nothing in the explanation leads to this.
fault-not-stated = The facts do not state this.
fault-not-absent = This is said not to hold, and it does, or may.
fault-not-unknown = This is said to be unknown, and it is known.
fault-no-priority = { $winner } and { $loser } do not stand to each other as is said here.
fault-no-resolution = It is not said that { $winner } sets { $loser } aside.
fault-norm-missing = The norm { $what } applies, or may, and is left out.
fault-condition-missing = What the norm requires is left out: { $what }.
fault-differs = { $what }: it says “{ $found }” where “{ $due }” is due.
fault-already-so = The act has this verdict with nothing changed.
fault-part-suffices = A part of it leads there too: { $what }.
fault-beyond-change = Nobody can change facts of `{ $what }`.
fault-impossible = With these changes something follows that cannot be: { $what }.
fault-gave-up = The check took too many steps and was given up: nothing is known of the explanation.
part-act = Act
part-aggregate = What is counted
part-at = Moment
part-atom = Atom
part-certain = Certain
part-comparison = Values compared
part-deadline = Deadline
part-document = Document
part-due = What is due
part-effect = Effect
part-fixed = Beyond change
part-in-force-if = When it is in force
part-left-out = Norms left out
part-kind = Change
part-lines = Cited lines
part-misses = Conditions missing
part-place = Place
part-size = Size
part-standing = Standing
part-status = Status
part-verdict = Verdict

## Source texts

head-file = Source text
head-state = State
state-fine = fine
state-changed = changed
state-missing = missing
state-unnamed = none named
hash-expected = Encoded from SHA-256
hash-found = Found SHA-256
cites-beyond-end = Cites lines behind the end of the text
cited-text = Source text
cites-no-line = It cites no line.
cites-beyond = The text ends before the lines that it cites.
text-missing = Not shown: { $file } is not there.
text-changed = Not shown: { $file } is not the text that was cited. See `attendu sources`.
text-binary = Not shown: { $file } is not UTF-8 text.
text-unnamed = Not shown: the document names no source text.

head-changed = Changed
head-vanished = Vanished
head-moved = Moved
head-unmoved = As before
edition-same = not changed
edition-unnamed = names no source text
edition-old-missing = the text that was cited is missing
edition-old-changed = the old text is not the one that was cited
edition-new-missing = missing in the new edition
edition-binary = not UTF-8 text
edition-too-long = too long to compare
heading-changed = cited lines changed
heading-vanished = cited lines vanished
heading-moved = only moved
moved-lines = { $id }: { $old } is now { $new }
was = Was
is-now = Is now

## Formatting

fmt-changed = { $count ->
    [one] 1 file
   *[other] { $count } files
  } read, { $changed } rewritten.
fmt-would-change = { $count ->
    [one] 1 file
   *[other] { $count } files
  } read, { $changed } would change.

## Reports

report-title = { $count ->
    [one] Report on 1 act
   *[other] Report on { $count } acts
  }
report-supposed = Supposed
report-verdicts = Verdicts
report-reasons = What they rest on
report-documents = By each document alone
report-norms = By norm
report-acts = Acts
report-acts-are = Acts:
report-count = Acts
report-document = Document
report-norm = Norm
report-effect = Effect
report-group = { $count ->
    [one] 1 act: { $verdict }
   *[other] { $count } acts: { $verdict }
  }{ $norms ->
    [0] .
    [one] , by this norm:
   *[other] , by these { $norms } norms:
  }

## Interviews

interview-about = Interview about: { $act }
interview-resumed = { $count ->
    [one] 1 answer was given before.
   *[other] { $count } answers were given before.
  }
interview-so-far = Verdict so far: { $verdict }.
interview-how = Answer yes, no or don’t know. Why shows the norms that ask, back takes the last answer back, stop ends the interview. The first letters of a word are enough.
interview-question = Question { $number }
interview-whether = Is this so: { $text }?
interview-which-one = For whom or for what is this so: { $text }? There is one at most.
interview-which = For whom or for what is this so: { $text }?
interview-which-value = For which value is this so: { $text }?
interview-known = Known already
interview-choices = Names
interview-hangs = What hangs on it:
interview-more-norms = … and { $count } more; why shows all.
interview-answer = Yes, no, don’t know, why, back or stop?
interview-answer-names = Names with commas between them, no (for nobody else), don’t know, why, back or stop?
interview-answer-some = Names with commas between them, don’t know, why, back or stop?
interview-answer-value = A number, a date or a text, no (for none), don’t know, why, back or stop?
interview-unclear = That was not understood.
interview-unfit = The question takes no such answer.
interview-nothing-to-take-back = There is no answer to take back.
interview-taken-back = The last answer is taken back.
interview-why = These norms ask for { $atom }:
interview-refused = This cannot be so, and the answer does not count:
interview-new = To name someone or something that no fact declares, write `new` before the name.
interview-needless = Need not be asked any more:
norm-now = { $before }; now { $after }
interview-settled = { $count ->
    [0] There is nothing to ask: the verdict is settled.
    [one] After 1 answer the verdict is settled.
   *[other] After { $count } answers the verdict is settled.
  }
interview-exhausted = { $count ->
    [0] There is nothing that can be asked.
    [one] After 1 answer there is nothing more that can be asked.
   *[other] After { $count } answers there is nothing more that can be asked.
  }
interview-stopped = { $count ->
    [0] Stopped without an answer.
    [one] Stopped after 1 answer.
   *[other] Stopped after { $count } answers.
  }
interview-unasked = Not asked:
interview-still-open = Asked, and still open:
interview-unanswerable = To be stated where the facts record the act:
interview-fails-closed = As long as it is undetermined, take it for not permitted.
interview-not-ours = { $path } does not hold answers as an interview wrote them: it is left alone. Facts that you wrote or changed are given with --facts
interview-other-act = { $path } holds the answers about another act: { $cause }
