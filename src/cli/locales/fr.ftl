### Tout ce que la ligne de commande dit à qui lit le français.

## Éléments

field = { $label } : { $text }
quoted = « { $word } »
list-and = { $first } et { $last }
and-more = { $first } et { $count ->
    [one] 1 autre
   *[other] { $count } autres
  }
and-others = { $first } et { $count ->
    [one] 1 autre
   *[other] { $count } autres
  }

## Diagnostics et échecs

error = erreur
warning = avertissement
note = note
help = aide
diagnostics-errors = { $count ->
    [one] { $count } erreur
   *[other] { $count } erreurs
  }
diagnostics-warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
  }
diagnostics-hidden = {" "}(et { $count ->
    [one] 1 autre qui n’est pas montré
   *[other] { $count } autres qui ne sont pas montrés
  } ; --all-diagnostics les montre)
cannot-read = lecture impossible : { $cause }
cannot-write = impossible d’écrire { $path } : { $cause }
cannot-draw = impossible de dessiner l’explication : { $cause }
cannot-write-output = impossible d’écrire la réponse : { $cause }

## Erreurs d’usage

usage-no-such-format = « { $command } » n’a pas de format « { $format } » ; il a { $known }
usage-no-date = « { $value } » n’est pas une date ; écrire 2024-05-02 ou 2024-05-02T14:30
usage-unknown-argument = il n’y a pas ici d’option « { $arg } »
usage-unexpected = « { $arg } » est un argument de trop
usage-unknown-command = il n’y a pas de commande « { $name } »
usage-missing-command = il manque une commande
usage-missing-argument = il manque { $arg }
usage-repeated = « { $arg } » ne peut être donné qu’une fois
usage-conflict = « { $arg } » et « { $other } » ne vont pas ensemble
usage-missing-value = il manque une valeur à « { $arg } »
usage-bad-value = « { $value } » ne convient pas à « { $arg } »
usage-unknown-value = « { $value } » ne convient pas à « { $arg } », qui admet { $known }
usage-did-you-mean = Vouliez-vous dire « { $name } » ?
usage-see-help = Voir « { $command } --help ».

## Aide

help-usage = Usage :
help-commands = Commandes{"\u00A0"}
help-arguments = Arguments{"\u00A0"}
help-options = Options{"\u00A0"}
help-attendu = Dit qui peut, doit et ne doit pas faire quoi selon une directive, et pourquoi.
help-attendu-after = Codes de sortie : 0 fait ; 1 fait, et la réponse est « non » ; 2 ligne de commande erronée ; 3 données erronées.
help-ask = Pose une question : qui peut faire quoi, ou toute question sur les faits
help-ask-after = Exemples :
    {"  "}attendu ask may share by Who of What on Where
    {"  "}attendu ask 'must not share by Who of C where partisan(C)'
help-decide = Donne le verdict des actes consignés dans les faits, ou d’un acte décrit
help-decide-after = Exemple :
    {"  "}attendu decide 'share by roy of photo-1 on @roy'
help-report = Écrit un seul fichier sur beaucoup d’actes : verdicts, normes, documents, chaque acte expliqué
help-report-acts = Identifiants d’actes, ou actes décrits ; tous les actes consignés s’il n’y en a pas
help-report-brief = Laisser de côté les explications des actes
help-report-format = Forme du rapport : markdown (par défaut, avec Mermaid) ou html
help-explain = Montre sur quoi repose un verdict, jusqu’aux faits
help-interview = Demande, question par question, ce dont dépend le verdict d’un acte
help-interview-after = Code de sortie 1 si le verdict reste indéterminé à la fin.
help-interview-act = Identifiant d’un acte, ou acte décrit
help-interview-save = Écrire les réponses dans ce fichier de faits, après chacune
help-interview-resume = Continuer à partir des réponses de ce fichier
help-test = Vérifie les actes et les questions dont la réponse attendue est consignée
help-norms = Parcourt les normes, les définitions, les champs d’application et les notes
help-relations = Parcourt les relations et les actions du vocabulaire
help-coverage = Compare les politiques aux inventaires des documents
help-coverage-after = Code de sortie 1 si un énoncé d’un inventaire n’est pas encodé.
help-sources = Vérifie les textes sources des documents, ou en compare deux éditions
help-verify = Vérifie une explication, étape par étape, d’après les politiques et les faits
help-verify-after = FICHIER est ce qu’a écrit « attendu explain ACTE --format json », aussi avec « --why-not » ou « --what-would-change ». Code de sortie 1 si une étape ne tient pas.
help-fmt = Met des politiques sous leur forme canonique
help-option-policies = Fichier ou dossier de politiques (par défaut : policies)
help-option-facts = Fichier ou dossier de faits (par défaut : facts)
help-option-queries = Fichier ou dossier de questions consignées (par défaut : queries)
help-option-as_of = Jour, et heure au besoin, des actes sans date (par défaut : aujourd’hui)
help-option-lang = Langue : en ou fr (par défaut : celle du système)
help-option-format = Forme de la réponse : text (par défaut) ou json ; d’autres avec ask, decide et explain
help-option-color = Couleur des diagnostics : auto (par défaut), always (toujours) ou never (jamais)
help-option-all_diagnostics = Montrer toutes les erreurs et tous les avertissements, si nombreux soient-ils
help-option-help = Montrer cette aide
help-option-version = Montrer la version
help-option-assume = Répondre comme si ceci était énoncé : partisan(photo-1), not partisan(photo-1) ; peut être répété
help-option-retract = Répondre comme si ceci n’était pas énoncé ; peut être répété
help-ask-question = Question, ou nom d’une question consignée
help-ask-possible = Montrer aussi ce qui dépend de faits inconnus, avec la question qui en décide
help-ask-full = Montrer tous les noms de chaque groupe
help-ask-format = Forme de la réponse : text (par défaut), json, csv ou tsv
help-decide-acts = Identifiants d’actes, ou actes décrits ; à défaut, tous les actes consignés
help-decide-under = Juger selon ce seul document
help-decide-details = Montrer chaque acte en entier
help-decide-format = Forme de la réponse : text (par défaut), json ou ndjson
help-explain-act = Identifiant d’un acte, ou acte décrit
help-explain-all = Expliquer tous les actes consignés en un seul graphe, une ligne de JSON par nœud
help-explain-all_proofs = Montrer toutes les preuves de ce que les règles concluent, jusqu’à NOMBRE pour chacune (par défaut : 10), en text ou json
help-explain-why_not = Montrer pourquoi le verdict n’est pas celui-ci : permitted (par défaut, s’il ne l’est pas), prohibited (s’il l’est), conditional, conflict, unregulated
help-explain-what_would_change = Montrer les moindres changements des faits qui changeraient le verdict
help-explain-to = Avec --what-would-change : vers ce seul verdict, permitted, prohibited, conditional, conflict ou unregulated (par défaut, vers chacun sauf conflict)
help-explain-format = Forme de la réponse : text (par défaut), prose (une note), json, dot, svg, png, mermaid, markdown ou html; avec --all, ndjson
help-test-full = Montrer toutes les normes qu’aucun essai n’exerce
help-norms-text = Identifiant d’un énoncé, ou partie de son texte
help-norms-document = Seulement les énoncés de ce document
help-norms-effect = Seulement les normes de cet effet : forbid, permit, oblige, require, …
help-norms-source = Montrer les lignes citées, d’après les textes sources de ce dossier
help-norms-relation = Seulement les énoncés qui interrogent cette relation
help-relations-text = Nom d’une relation, ou partie de son texte
help-relations-asked_by = Seulement les relations que cet énoncé ou ce document interroge
help-coverage-documents = Noms de documents (par défaut : tous)
help-coverage-full = Montrer tous les éléments de chaque liste
help-sources-after = Avec --against, DOSSIER contient les textes cités et --against ceux d’une nouvelle édition ; code de sortie 1 si un énoncé est à revoir.
help-sources-folder = Dossier des textes sources
help-sources-against = Dossier d’une nouvelle édition : donner les énoncés dont les lignes citées ont changé, disparu ou été déplacées
help-sources-full = Montrer toutes les lignes et tous les énoncés
help-verify-file = Fichier contenant le JSON d’une explication
help-fmt-paths = Fichiers ou dossiers ; - pour l’entrée standard (par défaut : les politiques)
help-fmt-check = Ne rien changer ; donner la liste des fichiers qui changeraient
value-ATOM = ATOME
value-COMMAND = COMMANDE
value-COUNT = NOMBRE
value-PATH = CHEMIN
value-DATE = DATE
value-LANGUAGE = LANGUE
value-FORMAT = FORMAT
value-WHEN = QUAND
value-QUESTION = QUESTION
value-ACT = ACTE
value-VERDICT = VERDICT
value-DOCUMENT = DOCUMENT
value-TEXT = TEXTE
value-EFFECT = EFFET
value-FILE = FICHIER
value-FOLDER = DOSSIER
value-RELATION = RELATION
value-NORM = NORME

## Progression

progress-read = Lecture
progress-derive = Dérivation des faits
progress-judge = Jugement des actes

## Verdicts

verdict-conflict = conflit
verdict-prohibited = interdit
verdict-undetermined = indéterminé
verdict-conditional = conditionnel
verdict-permitted = permis
verdict-unregulated = non réglementé
verdict-contested = { $verdict } (contesté)
sentence-conflict = Conflit : des normes se contredisent ici, et rien ne dit laquelle l’emporte.
sentence-prohibited = Interdit.
sentence-prohibited-contested = Interdit (contesté) : selon un fait inconnu, des normes peuvent se contredire. Ce n’est permis en aucun cas.
sentence-undetermined = Indéterminé : cela dépend de ce qu’on ignore.
sentence-conditional-permitted = Permis une fois ces conditions remplies :
sentence-conditional-unregulated = Non réglementé une fois ces conditions remplies :
sentence-permitted = Permis.
sentence-permitted-advised-against = Permis, mais déconseillé.
sentence-unregulated-out-of-scope = Non réglementé : aucun document ne vise cet acte.
sentence-unregulated-out-of-force = Non réglementé : ce qui aurait visé cet acte n’est pas en vigueur ce jour-là.
sentence-unregulated-silent = Non réglementé : les documents n’en disent rien.
sentence-unregulated-advice-only = Non réglementé : les documents ne font que conseiller.
silence-out-of-scope = visé par aucun document
silence-out-of-force = pas en vigueur
silence-silent = silence des documents
silence-advice-only = conseils seulement
breach-breach = L’acte a été accompli, et c’est un manquement.
breach-possible = L’acte a été accompli, et c’est peut-être un manquement : cela dépend de ce qu’on ignore.
breach-contested = L’acte a été accompli ; comme les normes se contredisent, il n’est pas compté comme un manquement.
breach-none = L’acte a été accompli, et ce n’est pas un manquement.
judged-on = Jugé au { $date } ; { $mode }.
mode-performed = accompli
mode-planned = prévu
mode-omitted = omis
mode-question = en question

## Parties d’un verdict

conditions = Conditions
conditions-met = Conditions déjà remplies
standing-met = Remplie
standing-unmet = Non remplie
standing-unmet-fixed = Non remplie, et nul n’y peut rien changer
standing-unknown = Inconnu
condition-source = { $atom }, exigé par { $norm }
questions = Ce qui trancherait
unknown = Inconnu
question-source = Consigner { $atom } ; cela importe à { $norms }.
doubt-which-way = De quelle façon l’acte a-t-il été accompli ?
doubt-circular = Son verdict tient à un verdict qui dépend de lui-même.
doubt-beyond-limit = Il tient à plus de faits inconnus qu’on n’en a pesé ensemble ; tous ne comptent peut-être pas.
doubt-short-which-way = de quelle façon ?
doubt-short-circular = tient à un cercle
doubt-short-beyond-limit = trop d’inconnues
documents = Par document
norms-in-force = Normes en vigueur
norms-open = Normes peut-être en vigueur
norms-set-aside = Normes écartées
norm-per = Pour { $values }.
norm-in-force-if = En vigueur { $ways }.
norm-may-apply = Qu’elle s’applique dépend de ce qu’on ignore.
norm-set-aside = Écartée par { $norm } ({ $principle }).
norm-clashes = Contredit { $norms } ; rien ne dit laquelle l’emporte.
principle-exception = exception
principle-superior = rang supérieur
principle-later = date ultérieure
effect-forbid = interdit
effect-permit = permet
effect-permit-not = dispense
effect-oblige = oblige
effect-require = pose une condition
effect-discourage = déconseille
effect-recommend = recommande
effect-consider = nomme un facteur
effect-consequence = attache une conséquence
effect-note = note
duties = Obligations
advice = Conseils
due-oblige = doit
due-permit-not = est dispensé de
due-discourage = se voit déconseiller
due-recommend = se voit conseiller
due-bearer = { $bearer } { $effect }
due-anyone-oblige = À faire
due-anyone-permit-not = Dispense
due-anyone-discourage = Déconseillé
due-anyone-recommend = Conseillé
due-set-aside = Écartée.
duty-standing = État : { $standing }.
duty-deadline = État : { $standing } ; échéance : { $deadline }.
fulfilment-pending = à faire
fulfilment-met = fait
fulfilment-overdue = en retard
fulfilment-omitted = omis
factors = Facteurs à peser
factor-present = Présent
factor-absent = Absent
factor-unknown = Inconnu
direction-raises = Aggrave la préoccupation ({ $norm }).
direction-lowers = Atténue la préoccupation ({ $norm }).
direction-neither = À peser ({ $norm }).
consequences = Conséquences
follows = S’ensuit
may-follow = Peut s’ensuivre
consequence-source = { $atom }, selon { $norm }
also-check = À vérifier aussi
out-of-force = Pas en vigueur ce jour-là
cite-line = { $id }, ligne { $lines }
cite-lines = { $id }, lignes { $lines }

## Plusieurs verdicts

no-acts = Il n’y a pas d’acte à juger : les faits n’en consignent aucun.
head-act = Acte
head-description = Description
head-verdict = Verdict
head-decided-by = Décidé par
count-questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
  }
totals = { $count ->
    [one] { $count } acte
   *[other] { $count } actes
  } : { $parts }.
total-conflict = { $count } en conflit
total-prohibited = { $count ->
    [one] { $count } interdit
   *[other] { $count } interdits
  }
total-undetermined = { $count ->
    [one] { $count } indéterminé
   *[other] { $count } indéterminés
  }
total-conditional = { $count ->
    [one] { $count } conditionnel
   *[other] { $count } conditionnels
  }
total-permitted = { $count } permis
total-unregulated = { $count ->
    [one] { $count } non réglementé
   *[other] { $count } non réglementés
  }

## Réponses

as-of = Au { $date }.
group = { $number }. { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
  }
column-by = Par
column-of = De
column-on = Sur
column-to = À
column-with = Avec
column-for = Pour
column-at = Le
any = n’importe quelle valeur
any-by = n’importe qui
any-on = n’importe quel compte
once-met = Une fois remplie
by-norm = Selon { $norm }
answers = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
  } en { $groups ->
    [one] { $groups } groupe
   *[other] { $groups } groupes
  }.
judged = { $count ->
    [0] Il n’y avait aucun candidat à juger.
    [one] { $count } candidat a été jugé.
   *[other] { $count } candidats ont été jugés.
  }
nothing-may = Personne ne peut faire cela.
nothing-must = Personne n’est tenu de faire cela.
nothing-must-not = Il n’est interdit à personne de faire cela.
nothing-conflict = Il n’y a pas de conflit.
nothing-unregulated = Rien de tel n’échappe aux normes.
nothing-facts = Il n’y a pas de réponse.
nothing-shown-possible = Ce qui dépend de faits inconnus est laissé de côté ; --possible le montre.
answer-yes = Oui.
answer-no = Non.
answer-depends = Cela dépend de ce qu’on ignore.
answer-once-met = Oui, une fois les conditions remplies.
partial = Cette réponse n’est pas complète

## Suppositions

assumed = Supposé
retracted = Retiré
as-they-are = Par rapport aux faits tels qu’ils sont
verdict-was = Le verdict y est : { $verdict }.
verdict-same = Le verdict est le même.
norm-was = { $before } ; ici { $after }
norm-status-in = en vigueur
norm-status-open = peut-être en vigueur
norm-status-out = écartée
norm-status-none = ne s’applique pas
act-was = { $was } ; ici { $is }
acts-changed = { $count ->
    [0] Aucun verdict sur { $all } ne change
    [one] 1 verdict sur { $all } change
   *[other] { $count } verdicts sur { $all } changent
  }.
answer-same = La réponse est la même.
rows-came = { $count ->
    [one] 1 réponse s’ajoute :
   *[other] { $count } réponses s’ajoutent :
  }
rows-went = { $count ->
    [one] 1 réponse disparaît :
   *[other] { $count } réponses disparaissent :
  }
rows-more = … et { $count } de plus

## Ce qui changerait un verdict

verdict-is = Le verdict est : { $verdict }.
would-be = Il serait { $verdict } moyennant { $count ->
    [one] 1 changement
   *[other] { $count } changements
} :
would-not-be = { $count ->
    [one] Aucun changement seul ne le rend { $verdict }.
   *[other] Aucun ensemble de { $count } changements au plus ne le rend { $verdict }.
}
may-be = { $count ->
    [0] Aucun changement trouvé ne le rend { $verdict }, mais la recherche a été abandonnée.
    [one] Aucun changement seul ne le rend { $verdict } ; la recherche d’ensembles plus grands a été abandonnée.
   *[other] Aucun ensemble de { $count } changements au plus ne le rend { $verdict } ; la recherche d’ensembles plus grands a été abandonnée.
}
change-state = Énoncer
change-withdraw = Retirer
change-turn = Énoncer le contraire
change-move = Changer en
change-instead = Au lieu de
changes-alike = { $more ->
    [0] De même avec un autre à la place de { $name } : { $others }.
   *[other] De même avec un autre à la place de { $name } : { $others } ; { $more } de plus sont dans le JSON.
  }
changes-all = Aucun ensemble plus petit n’y mène, et aucun autre de cette taille.
changes-some = Aucun ensemble plus petit n’y mène ; il peut y en avoir d’autres de cette taille, car la recherche a été abandonnée.
changes-left-out = N’ont pas été examinées, car trop pourrait en être énoncé : { $relations }.

## Essais

test-failed = Échec : { $name } ({ $place })
difference-verdict = Verdict
difference-norm = Norme
difference-document = Document
difference-duty = Obligation
difference-advice = Conseil
difference-factor = Facteur
difference-question = Question
difference-condition = Condition
difference-answer = Réponse
expected = attendu
found = obtenu
test-unexercised = { $count ->
    [one] { $count } norme qu’aucun essai n’exerce
   *[other] { $count } normes qu’aucun essai n’exerce
  }
test-more = … et { $count ->
    [one] 1 autre
   *[other] { $count } autres
  } ; --full les montre.
test-count = { NUMBER($passed, useGrouping: "false") } { $passed ->
    [one] réussi
   *[other] réussis
  }, { NUMBER($failed, useGrouping: "false") } { $failed ->
    [one] échoué
   *[other] échoués
  }

## Parcours

kind-norm = norme
kind-definition = définition
kind-scope = champ d’application
kind-note = note
reason-informative = informative
reason-duplicate = redite
reason-external = renvoi externe
quality-open = ouverte
quality-fixed = immuable
quality-closed = fermée
quality-derived = dérivée
quality-input = donnée
quality-defined = définie
quality-action = action
reading = À voix haute
text = Texte de la règle
citation = Cite
place = Se trouve dans
overrides = Écarte
overridden-by = Écartée par
asks-for = Interroge
asked-by = Interrogée par
template = Se lit
count-facts = { $count ->
    [0] Aucun fait n’en parle.
    [one] { $count } fait en parle.
   *[other] { $count } faits en parlent.
  }
nothing-found = Rien n’a été trouvé.
count-statements = { $count ->
    [one] { $count } énoncé.
   *[other] { $count } énoncés.
  }
count-relations = { $count ->
    [one] { $count } relation.
   *[other] { $count } relations.
  }

## Couverture

head-document = Document
head-statements = Énoncés
head-encoded = Encodés
head-missing = Manquants
head-only-noted = Notes seules
number = { $count }
all-documents = Tous
no-inventory = pas d’inventaire
encoded-as = Encodés comme
notes = Notes
counted = { $what } ({ $count })
listed-count = { $label } ({ $count })
missing = Manquants
unknown-statements = Absents de l’inventaire
uncited = Sans lignes citées
doubled = Encodés plus d’une fois
cited-otherwise = D’autres lignes que dans l’inventaire
cited-and-listed = { $id } : cite { $cited }, l’inventaire donne { $inventory }
listed-regulative = norme
listed-definition = définition
listed-scope = champ d’application
listed-consideration = considération
listed-advice = conseil
listed-procedure = procédure
listed-scenario = scénario
listed-sanction = sanction
listed-must = doit
listed-must_not = ne doit pas
listed-may = peut
listed-should = devrait
listed-should_not = ne devrait pas

## Vérifier des explications

verify-accepted = { $count ->
    [one] Acceptée : { $count } étape, qui tient.
   *[other] Acceptée : { $count } étapes, qui tiennent toutes.
  }
verify-refused = { $count ->
    [one] Refusée : { $count } étape ne tient pas.
   *[other] Refusée : { $count } étapes ne tiennent pas.
  }
verify-trusted = Cru sur parole
trusted-breaches = qu’aucun autre acte ni aucune omission ne fût un manquement
trusted-changed-norms = quelles normes s’ajoutent, disparaissent ou changent de statut
trusted-duty = que le devoir ou le conseil est en vigueur comme il est dit, ou que la conséquence suit
trusted-folded = une ligne qui dit que plusieurs conditions ne valent pas ensemble
trusted-in-force-if = quand exactement une norme peut-être en vigueur l’est
trusted-nearest = que rien n’est plus près que ce qui est montré
trusted-norms = qu’aucune norme n’est omise
trusted-other-verdict = le verdict d’un autre acte
trusted-settling = ce qui résulte de toutes les façons de compléter l’inconnu
trusted-smallest = qu’aucun ensemble plus petit n’y mène, ni aucun autre
trusted-status = si la norme est en vigueur
trusted-verdict = que le verdict en découle
trusted-ways = que l’acte ait pu être fait d’une façon plus grave
fault-unreadable = Ce n’est pas le JSON d’une explication : { $what }
fault-other-schema = Les explications du schéma « { $what } » ne peuvent être vérifiées ; cette version lit « attendu.explanation/2 » et « attendu.changes/1 ».
fault-name = Le nœud « { $what } » manque, ou il y en a deux de ce nom.
fault-circle = Cette étape repose sur elle-même.
fault-no-root = Il n’y a pas de verdict à expliquer.
fault-unknown-act = Les politiques et les faits ne connaissent aucun acte « { $what } ».
fault-supposed = Ce qui est supposé ne peut être : { $what }
fault-no-statement = Les politiques n’ont aucun énoncé « { $what } » qui dise cela.
fault-not-an-instance = Les conditions de « { $what } » ne sont pas remplies pour ces valeurs.
fault-missing = Il manque une raison : que { $what }.
fault-idle = Une raison est donnée que rien ne demande ici : { $what }
fault-loose = Rien dans l’explication n’y mène.
fault-not-stated = Les faits ne l’énoncent pas.
fault-not-absent = Ceci est dit ne pas tenir, et tient, ou le pourrait.
fault-not-unknown = Ceci est dit inconnu, et est connu.
fault-no-priority = { $winner } et { $loser } ne sont pas l’une envers l’autre comme il est dit ici.
fault-no-resolution = Il n’est pas dit que { $winner } écarte { $loser }.
fault-norm-missing = La norme { $what } s’applique, ou le pourrait, et est omise.
fault-condition-missing = Ce que la norme exige est omis : { $what }.
fault-differs = { $what } : il est dit « { $found } » là où il faut « { $due } ».
fault-already-so = L’acte a ce verdict sans que rien ne change.
fault-part-suffices = Une partie y mène aussi : { $what }.
fault-beyond-change = Personne ne peut changer les faits de « { $what } ».
fault-impossible = Avec ces changements, il s’ensuit ce qui ne peut être : { $what }.
fault-gave-up = La vérification a demandé trop d’étapes et a été abandonnée : on ne sait rien de l’explication.
part-act = Acte
part-aggregate = Ce qui est compté
part-at = Moment
part-atom = Atome
part-certain = Certain
part-comparison = Valeurs comparées
part-deadline = Échéance
part-document = Document
part-due = Ce qui est dû
part-effect = Effet
part-fixed = Hors de portée
part-in-force-if = Quand elle est en vigueur
part-left-out = Normes omises
part-kind = Changement
part-lines = Lignes citées
part-misses = Conditions manquantes
part-place = Emplacement
part-size = Taille
part-standing = Situation
part-status = Statut
part-verdict = Verdict

## Textes sources

head-file = Texte source
head-state = État
state-fine = intact
state-changed = modifié
state-missing = absent
state-unnamed = non indiqué
hash-expected = Encodé d’après le SHA-256
hash-found = SHA-256 trouvé
cites-beyond-end = Citent des lignes au-delà de la fin du texte
cited-text = Texte source
cites-no-line = L’énoncé ne cite aucune ligne.
cites-beyond = Le texte finit avant les lignes citées.
text-missing = Pas montré : { $file } n’est pas là.
text-changed = Pas montré : { $file } n’est pas le texte qui a été cité. Voir « attendu sources ».
text-binary = Pas montré : { $file } n’est pas un texte en UTF-8.
text-unnamed = Pas montré : le document n’indique aucun texte source.

head-changed = Changés
head-vanished = Disparus
head-moved = Déplacés
head-unmoved = Inchangés
edition-same = pas modifié
edition-unnamed = n’indique aucun texte source
edition-old-missing = le texte cité est absent
edition-old-changed = l’ancien texte n’est pas celui qui a été cité
edition-new-missing = absent de la nouvelle édition
edition-binary = pas un texte en UTF-8
edition-too-long = trop long à comparer
heading-changed = lignes citées changées
heading-vanished = lignes citées disparues
heading-moved = seulement déplacées
moved-lines = { $id } : { $old } devient { $new }
was = Avant
is-now = Maintenant

## Mise en forme

fmt-changed = { $count ->
    [one] { $count } fichier lu
   *[other] { $count } fichiers lus
  }, { $changed ->
    [one] { $changed } réécrit
   *[other] { $changed } réécrits
  }.
fmt-would-change = { $count ->
    [one] { $count } fichier lu
   *[other] { $count } fichiers lus
  }, { $changed ->
    [one] { $changed } changerait
   *[other] { $changed } changeraient
  }.

## Rapports

report-title = { $count ->
    [one] Rapport sur 1 acte
   *[other] Rapport sur { $count } actes
  }
report-supposed = Suppositions
report-verdicts = Verdicts
report-reasons = Sur quoi ils reposent
report-documents = Selon chaque document pris seul
report-norms = Par norme
report-acts = Actes
report-acts-are = Actes :
report-count = Actes
report-document = Document
report-norm = Norme
report-effect = Effet
report-group = { $count ->
    [one] 1 acte : { $verdict }
   *[other] { $count } actes : { $verdict }
  }{ $norms ->
    [0] .
    [one] , selon cette norme :
   *[other] , selon ces { $norms } normes :
  }

## Entretiens

interview-about = Entretien sur : { $act }
interview-resumed = { $count ->
    [one] { $count } réponse a déjà été donnée.
   *[other] { $count } réponses ont déjà été données.
  }
interview-so-far = Verdict à ce stade : { $verdict }.
interview-how = Répondez oui, non ou je ne sais pas. Pourquoi montre les normes qui le demandent, retour reprend la dernière réponse, arrêter met fin à l’entretien. Les premières lettres d’un mot suffisent.
interview-question = Question { $number }
interview-whether = Est-ce exact : { $text } ?
interview-which-one = Pour qui ou pour quoi est-ce exact : { $text } ? Il y en a tout au plus un.
interview-which = Pour qui ou pour quoi est-ce exact : { $text } ?
interview-which-value = Pour quelle valeur est-ce exact : { $text } ?
interview-known = Déjà connu
interview-choices = Noms
interview-hangs = Ce qui en dépend :
interview-more-norms = … et { $count } de plus ; pourquoi les montre toutes.
interview-answer = Oui, non, je ne sais pas, pourquoi, retour ou arrêter ?
interview-answer-names = Des noms séparés par des virgules, non (personne d’autre), je ne sais pas, pourquoi, retour ou arrêter ?
interview-answer-some = Des noms séparés par des virgules, je ne sais pas, pourquoi, retour ou arrêter ?
interview-answer-value = Un nombre, une date ou un texte, non (aucun), je ne sais pas, pourquoi, retour ou arrêter ?
interview-unclear = Ce n’est pas compris.
interview-unfit = La question n’admet pas cette réponse.
interview-nothing-to-take-back = Il n’y a aucune réponse à reprendre.
interview-taken-back = La dernière réponse est reprise.
interview-why = Ces normes demandent { $atom } :
interview-refused = Cela ne peut être, et la réponse ne compte pas :
interview-new = Pour nommer quelqu’un ou quelque chose qu’aucun fait ne déclare, écrivez « nouveau » devant le nom.
interview-needless = N’est plus à demander :
norm-now = { $before } ; maintenant { $after }
interview-settled = { $count ->
    [0] Il n’y a rien à demander : le verdict est acquis.
    [one] Après { $count } réponse, le verdict est acquis.
   *[other] Après { $count } réponses, le verdict est acquis.
  }
interview-exhausted = { $count ->
    [0] Il n’y a rien qui puisse être demandé.
    [one] Après { $count } réponse, plus rien ne peut être demandé.
   *[other] Après { $count } réponses, plus rien ne peut être demandé.
  }
interview-stopped = { $count ->
    [0] Arrêté sans réponse.
    [one] Arrêté après { $count } réponse.
   *[other] Arrêté après { $count } réponses.
  }
interview-unasked = Non demandé :
interview-still-open = Demandé, et toujours ouvert :
interview-unanswerable = À énoncer là où les faits consignent l’acte :
interview-fails-closed = Tant que c’est indéterminé, tenez-le pour non permis.
interview-not-ours = { $path } ne contient pas de réponses telles qu’un entretien les a écrites : on n’y touche pas. Les faits que vous avez écrits ou modifiés se donnent avec --facts
interview-other-act = { $path } contient les réponses sur un autre acte : { $cause }
