"""Knows the verbs that notes are written with, in their forms."""

import re
from functools import lru_cache


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list written as one text."""
    return frozenset(listed.split())


COPULAS = frozenset({"is", "are", "was", "were", "isn't", "aren't", "wasn't", "weren't", "be"})
MODALS = word_set(
    "can can't cannot could couldn't may might must should shouldn't will won't would shall "
    "does doesn't do don't did didn't has have had hasn't haven't"
)
_BASES = word_set(
    "abandon abdicate abduct abolish abort absorb abstain accelerate accept access "
    "accommodate accompany accomplish accrue accumulate accuse acetylate achieve acknowledge "
    "acquire acquit act activate adapt add adduct adhere adjourn adjudicate adjust admire "
    "admit admonish adopt adsorb advise advocate aerate affect affirm agglutinate aggregate "
    "agitate agree aim alienate align allege alleviate allocate allow alter amass ameliorate "
    "amend amplify analyze anneal annex announce annul antagonize anticipate apologize appear "
    "appease append apply appoint appreciate apprehend approve arbitrate argue arise arouse "
    "arrest arrive articulate ascend ascertain ask aspirate aspire assassinate assemble "
    "assert assess assign assimilate assist assume attach attain attract authorize autoclave "
    "automate avoid await awaken balance banish baptize beat become begin behave believe "
    "belong bequeath bestow betray bind blend block boil bombard boost boot borrow break "
    "breathe bribe bring broadcast broaden buffer build burst bury buy bypass cache calcify "
    "calculate canonize capitulate capture carry catabolize catalyze catheterize cause "
    "cauterize cease cede celebrate centralize change characterize charge chase check chelate "
    "choose circulate cite civilize clarify classify cleanse cleave climb clone coagulate "
    "coalesce codify coerce coexist coincide collaborate collapse collect collide colonize "
    "combine come commemorate commence commit communicate compare compel compensate compete "
    "compile complain complicate comply compose compress comprise compute conceal concede "
    "conceive concentrate conclude concur condemn condense confer confess configure confirm "
    "confiscate conform confront confuse conjugate connect conquer conscript consecrate "
    "consent consider consist consolidate conspire constitute constrict construct construe "
    "consult consume contain contemplate contend continue contradict contravene contribute "
    "control convene converge convert convey convict convince cooperate coordinate copy "
    "correlate correspond corrode cost count counteract countersign cover crash create "
    "criticize cross crucify crush crystallize culminate cultivate deactivate deaminate "
    "decapsulate decarboxylate deceive decide decimate declare decode decolonize decompose "
    "decompress decorate decouple decrease decrement decrypt dedicate deduce deem deepen "
    "defame defeat defecate defend defer define deform defraud defy degrade degranulate "
    "dehydrate delegate delete deliver demilitarize democratize demolish demonstrate "
    "demyelinate denature denote deny depend dephosphorylate depict deploy depolarize deport "
    "depose depreciate deprive deputize deregister derive descend describe desensitize "
    "deserve desorb despise destroy detain detect deter deteriorate determine dethrone "
    "detoxify devastate develop devise devote diagnose dialyze dictate die differ "
    "differentiate diffuse digest dilate dilute dimerize diminish direct disable disagree "
    "disappear disapprove disarm disband discard discharge disclose discover discredit "
    "discriminate discuss disinfect dislike dislodge dismiss disperse displace dispose "
    "dispossess disregard disrupt dissect dissent dissociate dissolve distil distinguish "
    "distort distribute distrust diverge diversify divide dominate donate downgrade "
    "downregulate dramatize drive drown dub duplicate dwell earn eat edit elect elevate "
    "elicit eliminate elongate emancipate embark embed embody embrace emerge emigrate emit "
    "empathize emphasize employ emulate emulsify enable enact encapsulate encircle enclose "
    "encode encounter encourage encroach encrypt end endanger endorse endow endure enforce "
    "enfranchise engage engulf enhance enjoin enjoy enlarge enlist enqueue enrich enroll "
    "enslave ensure entail enter entitle entrust enumerate envelop equate equip eradicate "
    "erode erupt escalate escort establish esterify estimate estop evacuate evade evaluate "
    "evaporate evict evoke evolve exacerbate exaggerate excavate exceed excel exchange excise "
    "excite exclude excommunicate excrete execute exemplify exempt exert exfoliate exhale "
    "exhaust exhibit exhort exist exonerate expand expedite expel expire explain exploit "
    "explore expose express expropriate extend extinguish extort extract extradite extrude "
    "fabricate facilitate fail falsify fascinate federate feed feel ferment fertilize fetch "
    "fill filter finalize find fix flap flatten flee flex float flourish fluctuate foil "
    "follow forbid forfeit forge forgo form formalize formulate fortify forward foster found "
    "freeze frighten frustrate fulfil fulfill function gain galvanize gather generalize "
    "generate germinate get give glorify glow glycosylate go govern grant graze greet grow "
    "guarantee guess guillotine halt halve handle happen harass harden harmonize hasten hatch "
    "hate hear help hesitate hibernate hide highlight hinder hoist hold host hybridize "
    "hydrate hydrolyze hyperpolarize hyperventilate idealize identify ignore illuminate "
    "illustrate imagine imitate immigrate immobilize immunize impair implement imply impose "
    "imprison improve inaugurate incite include incorporate increase increment incubate incur "
    "indemnify indict induce industrialize infect infer infiltrate inflate inflect inflict "
    "inform infringe ingest inhabit inhale inherit inhibit initialize initiate inject "
    "innervate innovate inoculate inquire insert insist inspect inspire install instantiate "
    "instruct insulate insure integrate intend intensify interact intercept interconnect "
    "interfere interpret interrogate interrupt intersect intervene intimidate introduce "
    "intrude intubate invade invalidate invent invest investigate invite invoke involve "
    "ionize irradiate irrigate irritate isolate iterate jeopardize join justify keep kidnap "
    "kill know lament last launch lay lead learn leave legalize legislate legitimize lend "
    "lessen let leverage liberate license lift limit link liquidate list listen litigate live "
    "load loathe locate log look loosen lose lubricate lure lyze magnetize magnify maim "
    "maintain make manage manipulate manufacture map marry match mate materialize maximize "
    "mean measure mechanize mediate meet melt mention merge metabolize methylate migrate "
    "mimic mineralize minimize misinterpret mitigate mix mobilize modify modulate monitor "
    "motivate moult move multiplex multiply mutate nationalize necessitate need negate "
    "neglect negotiate neutralize nominate normalize notify nourish novate nullify nurture "
    "obey oblige obliterate observe obstruct obtain occupy occur offer omit operate oppose "
    "oppress optimize orchestrate organize originate oscillate ossify oust outlast outlaw "
    "outlive outnumber outperform overcome overestimate overflow overheat overlap overload "
    "overlook override overrule oversee overtake overthrow overturn overwhelm overwrite owe "
    "own oxidize pacify pack paint palpate paralyze parse participate pass pay penalize "
    "penetrate perceive perforate perform perfuse perish perjure permeate permit perpetuate "
    "persecute persist personalize persuade phagocytose phosphorylate pillage place plead "
    "polarize poll pollinate polymerize populate portray possess postpone postulate "
    "potentiate pour practise praise pray preach precede precipitate preclude predict preempt "
    "prefer prefetch prepare prepend prescribe preserve preside presume pretend prevail "
    "prevent prioritize privatize proceed process proclaim procure produce profess prohibit "
    "proliferate prolong promote prompt pronate pronounce propagate propel propose prosecute "
    "prosper protect protrude prove provide provision provoke publish pull pulsate pump "
    "punish purify pursue push put quantify quash quell quench query queue quit radiate raise "
    "range ratify rationalize ravage reabsorb reach react read reaffirm realign realize reap "
    "rearm rearrange reassert reassure rebalance rebel rebuild rebut recall recapture recede "
    "receive reckon recognize recommend reconcile reconquer reconstruct record recount "
    "recover recruit rectify recur recycle redeem redefine redeploy redirect rediscover "
    "redistribute redress reduce refer refill refine reflect refract refrain refuse refute "
    "regain regard regenerate register regulate regurgitate reign reimburse reinforce "
    "reinstate reject rekindle relate relax release relieve relinquish reload relocate rely "
    "remain remember remind remove rename render renegotiate renew renounce renumber reopen "
    "reorganize repair repatriate repay repeal repel replace replenish replicate reply "
    "repolarize report represent repress reproduce repudiate repulse request require reroute "
    "rescind rescue resect resemble resend resent reserve resettle reshape reside resign "
    "resist resolve resorb respire respond restart restate restore restrain restrict result "
    "resume resurrect retain retake retaliate rethink retire retract retransmit retrieve "
    "retry return reunify reunite reuse reveal revere revert revise revisit revitalize revive "
    "revoke revolt revolutionize rewrite rinse ripen rise rob rotate route run sabotage "
    "salvage satisfy saturate save scale scan scatter scavenge schedule scrutinize secede "
    "secrete secularize secure seek seem segregate seize select send sensitize separate serve "
    "set settle sever share shatter shed shiver shoot shorten shout show shrink sign simmer "
    "simplify simulate sit skip slaughter smuggle soak soften solicit solidify solve sort "
    "span specify speed spend spill splice split sponsor spoof sprout stab stabilize stand "
    "standardize start starve stay steal steer sterilize stiffen stifle stimulate stipulate "
    "stir stop store stratify stream strengthen strike strive subdivide subdue subjugate "
    "sublet sublimate subscribe subsidize subtract succeed succumb suck sue suffer suggest "
    "summarize summon supersede supervise supinate supply support suppress surpass surrender "
    "surround survive suspend sustain swap swell symbolize sympathize sync synchronize "
    "synthesize tackle take tame taper target teach tell tempt tend terminate test testify "
    "thank thicken threaten thrive throttle throw thwart tighten titrate tolerate topple "
    "trace track trample transact transcend transcribe transect transfer transform transfuse "
    "translate translocate transmigrate transmit transplant transport traverse treat trigger "
    "triple truncate try turn tyrannize ubiquitinate uncover undercut undergo undermine "
    "understand undertake undo unearth unfold unify unite unleash unlock unmount unravel "
    "unseat untag unveil update upgrade uphold upregulate uproot urge use usher usurp "
    "utilize vaccinate validate vandalize vanish vaporize vary vasoconstrict vasodilate "
    "venerate ventilate verify vibrate view violate virtualize visualize vitiate vomit wage "
    "wait waive want warm warn watch weaken wean weigh welcome westernize whiten widen wield "
    "wilt win wipe withdraw withhold withstand work worsen worship wrest write"
)
VERBS = _BASES | {re.sub("([iy])ze$", r"\1se", base) for base in _BASES}
"""Base forms that are read as verbs wherever they stand, with both spellings of "organize"."""
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
    "snapshot spawn spin upload spread stain state stem stress study sweat swim swing tag taste "
    "tax tie trade train trap travel trespass tunnel twist vent vest veto visit void vote wash wet "
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
    "abdicated appeared arose became began belonged came collapsed consisted continued contributed "
    "converted culminated declined decreased depended died disappeared emerged ended escaped "
    "existed failed fell fought grew happened increased joined lasted led lived marched moved "
    "occurred rebelled reigned remained resigned resulted retreated returned revolted rose "
    "ruled served spread started stayed stood succeeded succumbed surrendered survived "
    "travelled went worked"
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
