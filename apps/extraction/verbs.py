"""Knows the verbs that notes are written with, in their forms."""

from functools import lru_cache


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(listed.split())


COPULAS = frozenset({"is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't", "be"})
MODALS = word_set(
    "can can't cannot could couldn't may might must should shouldn't will won't would shall "
    "does doesn't do don't did didn't has have had hasn't haven't"
)
VERBS = word_set(
    "go overflow abduct adduct flex pronate supinate "
    "abandon abdicate abolish absorb accelerate accept access accommodate accompany "
    "accomplish accumulate accuse achieve acknowledge acquire acquit act activate adapt add "
    "adhere adjudicate adjust adopt adsorb advise advocate aerate affect affirm aggregate agree "
    "aim allege allocate allow alter ameliorate amend amplify analyse analyze anneal annex "
    "announce annul appear apply appoint appreciate approve arbitrate arise arouse arrest "
    "arrive articulate ascend ask aspirate assassinate assemble assert assess assign assimilate "
    "assist assume attach attain attract authorize autoclave automate avoid balance baptise "
    "become begin behave believe belong bequeath bind blend block boil bombard boot borrow "
    "break breathe bring broadcast broaden buffer build bury buy bypass cache calculate "
    "canonise capitulate capture carry catalyse catalyze cause cease cede change characterise "
    "characterize charge check chelate choose circulate cite civilise classify cleave climb "
    "clone coagulate coalesce codify coerce coexist coincide collaborate collapse collect "
    "colonise colonize combine come commemorate commence commit communicate compare compensate "
    "compile comply compose compress comprise compute conceal conclude condemn condense confer "
    "configure confirm confiscate conform confront conjugate connect conquer conscript consent "
    "consider consist consolidate constitute constrict construct consult consume contain "
    "continue contradict contribute control converge convert convict convince coordinate copy "
    "correlate correspond corrode cost count countersign cover crash create criticise criticize "
    "cross crush crystallise crystallize culminate cultivate deactivate decapsulate decide "
    "decimate declare decolonise decompose decompress decouple decrease decrypt dedicate defeat "
    "defecate defend define deform defraud degrade delegate delete deliver demilitarise "
    "demolish demonstrate denature denote deny depend depict deploy depolarise depolarize "
    "deport depose depreciate deprive derive descend describe deserve desorb destroy detain "
    "detect deteriorate determine dethrone detoxify devastate develop diagnose die differ "
    "differentiate diffuse digest dilate dilute dimerise diminish direct disable disappear "
    "disarm disband discharge disclose discover discuss disinfect dislike dismiss disperse "
    "dispose dispossess disrupt dissect dissociate dissolve distil distinguish distribute "
    "divide dominate donate drive duplicate earn eat elect elevate elicit eliminate elongate "
    "emancipate "
    "emerge emigrate emit emphasise emphasize employ emulsify enable enact encapsulate enclose "
    "encode encounter encourage encrypt end endorse enforce enfranchise enhance enjoin enjoy "
    "enlarge enslave ensure entail enter entitle enumerate envelop eradicate erode erupt escort "
    "establish esterify estimate estop evacuate evade evaluate evaporate evict evolve exceed "
    "exchange excise excite exclude excrete execute exempt exert exfoliate exhale exhaust "
    "exhibit exist exonerate expand expel expire explain exploit explore expose express "
    "expropriate extend extract extradite extrude facilitate fail federate feed feel ferment "
    "fertilise fertilize fill filter find flee float flourish fluctuate follow forbid forfeit "
    "form formulate fortify forward found freeze frustrate function gain gather generate "
    "germinate get give glow glycosylate govern grant graze greet grow guarantee guillotine "
    "halve halt handle happen hatch hear help hibernate hide hinder hold host hybridise hydrate "
    "hydrolyse hydrolyze hyperpolarise identify ignore illustrate imitate immigrate impair "
    "implement imply impose imprison improve inaugurate include incorporate increase incubate "
    "incur indemnify indict induce industrialise infect infer inflate inflect inform ingest "
    "inhabit inhale inherit inhibit initiate inject innervate inoculate insert insist inspect "
    "inspire install instruct insure integrate intend interact interfere interpret interrupt "
    "intersect intervene introduce invade invent invest investigate invite invoke involve "
    "ionise ionize irradiate irritate isolate join justify keep kill know last launch lay lead "
    "learn leave legalise legalize legislate let leverage liberate license lift limit link list "
    "listen litigate live load locate log look loosen lose lubricate lyse magnetise magnify "
    "maintain make manage map marry match mate mean measure mediate meet melt mention merge "
    "metabolise metabolize migrate mineralise minimise minimize mitigate mix mobilise mobilize "
    "modify monitor motivate moult move multiply mutate nationalise nationalize necessitate "
    "need negate negotiate neutralise neutralize nominate notify nourish novate nullify nurture "
    "obey oblige observe obstruct obtain occupy occur offer omit operate oppose oppress "
    "optimize orchestrate organize originate oscillate oust outlaw outnumber overcome overheat "
    "overlap override overrule overthrow overturn overwrite owe own oxidise oxidize pacify pack "
    "palpate paralyse parse participate pass pay penetrate perceive perform perjure permeate "
    "permit persecute persist persuade pillage place plead polarise polarize poll pollinate "
    "polymerise polymerize possess postpone pour practise precede precipitate preclude predict "
    "prefer prepare prescribe preserve presume prevail prevent privatise proceed process "
    "proclaim produce prohibit proliferate promote prompt propagate prosecute prosper protect "
    "prove provide provision publish pull pulsate pump purify pursue push put quantify quench "
    "query queue quit radiate raise range ratify ravage reabsorb reach react read realise "
    "realize rearm reassure rebel rebuild rebut recapture recede receive recognise recognize "
    "recommend reconcile reconquer record recover recruit recur redeploy redirect redistribute "
    "redress reduce refer refine reflect refract refuse regain regenerate register regulate "
    "reign reimburse reinforce reinstate reject relate relax release relieve relinquish reload "
    "rely remain remember remind remove render renegotiate renew renounce reopen reorganise "
    "repair repeal repel replace replicate reply report represent repress reproduce repudiate "
    "repulse request require rescind rescue resemble reserve resettle reside resign resist "
    "resolve respire respond restart restore restrain restrict result retain retaliate retract "
    "return reunite reuse reveal revert revise revive revoke revolt rinse ripen rise rotate "
    "route run satisfy saturate save scale scan scavenge schedule secede secrete secularise "
    "secure seek seem segregate seize select send separate serve set settle share shed shiver "
    "shorten show shrink sign simmer simplify sit skip soak solidify solve sort span specify speed "
    "spend spill splice split sponsor sprout stabilise stabilize stand start stay sterilise "
    "sterilize stiffen stimulate stir stop store stream strike subdivide subdue subjugate "
    "sublet sublimate subscribe subtract succeed succumb suck sue suffer suggest summarise "
    "summarize summon supply support suppress surpass surrender surround survive suspend "
    "sustain swell symbolise symbolize sync synchronize synthesise synthesize tackle take taper "
    "target teach tell tend terminate test testify thicken threaten throttle tighten tolerate "
    "topple trace track transcend transcribe transect transfer transform translate translocate "
    "transmigrate transmit transplant transport traverse treat trigger triple truncate try turn "
    "tyrannise uncover undergo undermine understand undertake undo unify unite unmount unseat "
    "untag update upgrade uphold urge use usurp utilise utilize vaccinate validate vanish "
    "vaporise vaporize vary ventilate verify vibrate view violate wait waive want warm warn "
    "watch weaken wean weigh whiten widen wilt win wipe withdraw withstand work worsen write"
)
"""Base forms that are read as verbs wherever they stand."""
DOUBTFUL = word_set(
    "account ally appeal atrophy attack attribute award ban bear bill bleed bond breach burn "
    "catch challenge claim clot command concern conduct contract cook cool crown cure damage "
    "debate decay decline decree default delay demand deposit desert dip display double drain "
    "drift "
    "drink drop dry effect empty equal escape exile export face fan favor favour finance flood "
    "flow "
    "flush fold force fund fuse grind handshake harm heal heat hire hunt import influence "
    "invoice issue kick label lack land leak levy licence lie lower march mark massacre master "
    "mature moderate mortgage mount multicast mutiny name narrow nest object open order pardon "
    "partition peak petition ping plan play plunder prejudice press prey price print promise prune "
    "purchase quote reform remand remedy repeat respect retreat reverse rollback rout rule sack "
    "sanction screen seed sentence shade shape shard shift ship siege signal silence slow "
    "snapshot spawn spin spread stain state stem stress study sweat swim swing tag taste tax "
    "tie trade train trap travel trespass tunnel twist vent vest veto visit void vote wash wet "
    "witness wound wrap yield"
)
"""Base forms that are nouns as often: verbs only with an ending, or after a plural."""
PAST = word_set(
    "arose ate became began bent bore bought broke brought built came caught chose clung crept "
    "cut dealt drew drove dug fell fled flew forbade forgave forgot fought froze gave got grew "
    "held hid hit kept knew lay led left lent lost made meant met outlawed overcame overthrew "
    "paid ran rang rode rose sang sank sat sent shed shook shot shrank slew sold sought spent "
    "spoke sprang spun stole stood strove struck stuck sunk swam swept swore swung taught threw "
    "told took tore understood underwent upheld went withdrew withheld won wore wove wrote"
)
"""Past forms that do not end in -ed and are no participles of another use."""
INTRANSITIVE = word_set(
    "abdicated appeared arose began belonged came collapsed consisted continued contributed "
    "converted culminated declined decreased depended died disappeared emerged ended escaped "
    "existed failed fell fought grew happened increased joined lasted led lived marched moved "
    "occurred rebelled reigned remained resigned resulted retreated returned revolted rose "
    "ruled served spread started stood succeeded succumbed surrendered survived travelled went "
    "worked"
)
"""Past forms that are the verb of their sentence even with no object right after them."""


@lru_cache(maxsize=20_000)
def is_verb(word: str) -> bool:
    """Return whether a word can be the finite verb of a statement in the present tense."""
    low = word.lower().replace("’", "'")
    return (
        low in COPULAS
        or low in MODALS
        or low in VERBS
        or low in DOUBTFUL
        or bool(third_person(low))
    )


@lru_cache(maxsize=20_000)
def third_person(low: str) -> str:
    """Return the base of "carries", "crosses" or "acts", "" for a word of another form."""
    if not low.endswith("s"):
        return ""
    long = low[:-2] if low.endswith("es") else ""
    bases = (low[:-3] + "y" if low.endswith("ies") else "", long, low[:-1])
    return next((base for base in bases if base in VERBS or base in DOUBTFUL), "")


@lru_cache(maxsize=20_000)
def is_past(low: str) -> bool:
    """Return whether a word is the past form of a verb: "became", "crossed", "carried"."""
    if low in PAST:
        return True
    if not low.endswith("ed"):
        return False
    bases = [low[:-2], low[:-1], low[:-3] + "y" if low.endswith("ied") else ""]
    doubled = low[:-3] if len(low) > len("added") - 1 and low[-3:-2] == low[-4:-3] else ""
    return any(base in VERBS or base in DOUBTFUL for base in (*bases, doubled) if base)
