/** What marks a sentence as telling a fact: phrases of it, in English and Spanish, and phrases that it must not have. */
export interface Cue {
  says: readonly RegExp[];
  not: readonly RegExp[];
}

const has = (phrases: readonly RegExp[], text: string) => phrases.some((phrase) => phrase.test(text));

/** True when a sentence has a phrase of the cue and none that speaks against it. */
export const tells = ({ says, not }: Cue, sentence: string): boolean => {
  const text = sentence.replaceAll('’', "'");
  return has(says, text) && !has(not, text);
};

const asks = /[?؟]\s*$/;

/** The wants and complaints with which customers say what they came for. */
export const issue: Cue = {
  says: [
    /\bwould like to\b|\b(?:i|we)(?:'d| would)? (?:also )?(?:really |just )?(?:want|wanna|need|like|love|wish|wanted|needed)\b/i,
    /\b(?:i'm|i am|we're|we are|i was|i've been)(?: just| also)? (?:trying|looking|searching|planning|hoping|calling|writing|having|wondering|charged|unable|interested)\b/i,
    /\b(?:can|could|would|will) you\b(?!.*\b(?:repeat|hear)\b)/i,
    /^(?:(?:hi|hello|hey|ok|okay|so|yes|now|then)\b[,.! ]*)?(?:please |just )?(?:find|book|call|search|get|show|pull up|make|reserve|look|cancel|change|tell|give|send|check|order|buy|return|refund)\b/i,
    /\b(?:please|just) (?:find|help|check|cancel|change|book|show|search|get|tell|look|play|reserve|send|refund)/i,
    /\b(?:problem|issue|trouble|error|complain\w*|question|fault\w*|broken?|damaged|defective|missing|lost|stolen|late|delayed|wrong|refund|cancel|return|overcharged|charged twice|expired?|locked out)\b/i,
    /\b(?:doesn't|does not|don't|didn't|did not|isn't|is not|won't|can't|cannot|hasn't|haven't|never|not)(?: \w+){0,3} (?:work\w*|arriv\w*|receiv\w*|turn\w*|load\w*|log\w*|connect\w*|show\w*|find|get|com\w*|start\w*)\b/i,
    /\b(?:how (?:do|can|much|long)|what (?:happens|is|are)|where (?:is|can|do)|when (?:will|does|do)|is (?:there|it possible))\b/i,
    /(?<!\p{L})(?:quiero|quería|quisiera|necesito|me gustaría|busco|estoy intentando|tengo (?:un|una) (?:problema|duda|pregunta|consulta)|no (?:funciona|llega|puedo|consigo|me deja|he recibido|ha llegado)|se ha (?:roto|perdido)|me han (?:cobrado|robado)|perdí|he perdido|roto|rota|dañad[oa]|retras\p{L}+|devolución|devolver|reembolso|cancelar|factura|podría|podrías|puede usted)(?!\p{L})/iu,
  ],
  not: [
    /\b(?:nothing else|no more|that(?:'s| is| was| will be| would be) (?:all|it)|thank(?:s| you) (?:for|so|very))\b/i,
    /^(?:yes|sounds)\b|^no[,.!]/i,
  ],
};

/** What agents say when something has been done. */
export const done: Cue = {
  says: [
    /\b(?:i|we)(?:'ve| have)(?: now| just| already| also| gone ahead and| successfully)* (?!to\b|a\b|the\b|been\b|an?\b|your\b|not\b|no\b|found\b|understood\b|noticed\b|seen\b|heard\b)(?:\w+ed|sent|made|put|set|let|taken|given|done|reset|paid|written|left|spoken|begun|got|booked)\b/i,
    /\b(?:has|have) (?:now |just |already |also )?been (?:successfully )?\w+(?:ed|en|t|de|ne|ut)\b/i,
    /\b(?:i|we) (?:just |already |also )?(?:refunded|cancell?ed|changed|updated|reset|sent|booked|reserved|escalated|corrected|fixed|replaced|ordered|activated|unlocked|removed|added|opened|scheduled|forwarded|transferred|applied|credited)\b/i,
    /\b(?:is|are|was|were)(?: now| all| successfully)* (?:booked|made|placed|confirmed|reserved|cancell?ed|refunded|activated|unlocked|updated|scheduled|processed|completed?|successful|fixed|reset|set up|approved|on (?:its|the|their) way)\b/i,
    /^(?:[\w-]+ )?(?:reservation|booking|order|refund|payment|appointment|change|cancellation|ticket)s? (?:made|placed|issued|confirmed|sent|done|complete)\b/i,
    /\b(?:is|are|has|have)(?: now| just| already) \w+(?:ed|ing)\b|\b(?:has|have) started\b|\bstarted (?:playing|the)\b/i,
    /\b(?:went through|all done|it(?:'s| is) done|you(?:'re| are)(?: now)? (?:all set|booked|checked in|set)|successfully|(?:was|is|were) (?:a )?success(?:ful)?)\b/i,
    /\benjoy (?:the|your) (?:movie|film|song|music|show|stay|trip|flight|meal|dinner|event|concert|ride)\b/i,
    /\byou(?:'ve| have) (?:successfully|been) \w+ed\b/i,
    /(?<!\p{L})(?:he|hemos)(?: ya)? (?!sido|estado|visto)(?:\p{L}+(?:ado|ido)|hecho|puesto|escrito|abierto|resuelto|devuelto)(?!\p{L})/iu,
    /(?<!\p{L})(?:ha|han|ya está|queda|ya queda|acabo de|acabamos de) (?:sido )?(?:\p{L}+(?:ad[oa]s?|id[oa]s?|ar|er|ir)|hech[oa]|resuelt[oa]|devuelt[oa])(?!\p{L})/iu,
  ],
  not: [
    asks,
    /\b(?:pulled up|verified|validated|looked up|located|entered|noted|recorded)\b/i,
    /\b(?:if|once|when|after|until|unless|whether) (?:i|we|you|it|your|the)\b.*\b(?:have|has|been)\b/i,
  ],
};

/** What either says when the matter is settled. */
export const resolved: Cue = {
  says: [
    /\b(?:that|this|it|everything|all)(?:'s| is| was| has been)?(?: now| all| finally| really)* (?:works?|worked|working|fixed|solved|resolved|sorted|done|perfect|great|set|helps?|helped|helpful)\b/i,
    /\b(?:works now|working (?:now|again)|problem (?:is )?solved|all (?:good|set|sorted)|perfect|excellent|wonderful|awesome|fantastic)\b/i,
    /\b(?:great|good|ok|okay|super|lovely|nice)[,!. ]+(?:thanks?|thank you)\b/i,
    /\b(?:has|have) been (?:successfully )?(?:confirmed|booked|reserved|refunded|resolved|completed?|processed|approved|fixed|sent|scheduled|made)\b/i,
    /\b(?:is|are|was|were)(?: now| all)? (?:confirmed|booked|reserved|refunded|resolved|completed?|approved|successful|fixed)\b/i,
    /(?<!\p{L})(?:ya funciona|funciona (?:bien|ya)|solucionad[oa]|resuelt[oa]|arreglad[oa]|perfecto|estupendo|genial|todo (?:claro|bien|en orden)|ya lo tengo claro|muy bien)(?!\p{L})/iu,
  ],
  not: [
    asks,
    /\b(?:not|n't|never|un(?:able|successful)|unfortunately|still|but|no longer|fail\w*|yet|ridiculous|useless)\b/i,
    /(?<!\p{L})(?:no funciona|sigue sin|todavía|pero|lamentablemente|nunca)(?!\p{L})/iu,
  ],
};

/** What was done so that somebody else goes on with it: that settles nothing yet. */
export const passedOn =
  /\b(?:escalat\w*|notified|manager|supervisor|ticket|case|engineer|technician|forwarded|transferred|let \w+(?: \w+){0,3} know)\b|(?<!\p{L})(?:encargad[oa]|supervisora?|técnic[oa]|incidencia|avisado|trasladado|transferid[oa])(?!\p{L})/iu;

/** With what customers take their leave: they want nothing more, which says little about whether they got it. */
export const closing: Cue = {
  says: [
    /\b(?:that(?:'s| is| was| will be| would be|'ll be) (?:all|it|everything)|nothing else)\b/i,
    /(?<!\p{L})(?:eso es todo|nada más)(?!\p{L})/iu,
  ],
  not: [asks],
};

/** What either says when it is not. */
export const unresolved: Cue = {
  says: [
    /\b(?:unfortunately|regrettably|i(?:'m| am) afraid)\b/i,
    /\b(?:still (?:not|no|isn't|doesn't|don't|haven't|hasn't|amber|broken|waiting|the same)|not (?:work|resolv|fix|solv|help|possible|available|accept)\w*|(?:didn't|doesn't|don't|isn't|wasn't|won't|couldn't|can't|cannot|could not|unable to|not able to|wasn't able to) (?:work|help|accept|complete|find|do|process|offer|book|make|refund)\w*)\b/i,
    /\b(?:was|is|were) (?:unsuccessful|declined|rejected|denied|not (?:successful|possible|confirmed))\b|\bfail(?:ed|ure)\b|\bcould not be\b|\bunable\b|\bnot pos+ible\b|\bdidn't go through\b/i,
    /\b(?:useless|ridiculous|had enough|waste of time|unacceptable|no use|disappointed)\b/i,
    /(?<!\p{L})(?:lamentablemente|por desgracia|desgraciadamente|sigue sin|sigue igual|no (?:funciona|podemos|puedo|es posible|se puede|ha sido posible|me sirve)|todavía no|aún no|indignante|inaceptable|una vergüenza)(?!\p{L})/iu,
  ],
  not: [/\bno problem\b/i, asks],
};

/** What is promised, or asked to be done, next. */
export const next: Cue = {
  says: [
    /\b(?:i|we|you|they|he|she|it|someone|somebody|(?:my|our|the|your) [\w-]+(?: [\w-]+)?)(?:'ll| will| are going to| is going to|'re going to|'m going to| am going to| should(?: then)?| can expect)(?: (?:now|then|also|just))* (?!help\b|be (?:happy|glad)\b|need\b|like\b|assist\b|have a\b|check\b|look\b|answer\b|indicate\b|see\b|try my\b)\w+/i,
    /\b(?:please|just|you (?:need|have) to|make sure (?:to|you)|remember to|go ahead and) (?:re)?(?:start|boot|set|try|call|reply|send|wait|contact|visit|download|install|update|return|bring|keep|fill|open|click|go|take|drop|pack|print|follow|schedule|come|use|stop|avoid|get)\b/i,
    /\b(?:within|in)(?: the)?(?: next| about)? (?:\d+|one|two|three|four|five|seven|ten|a few|a couple of)(?: to \d+|-\d+)? (?:business |working )?(?:minutes?|hours?|days?|weeks?)\b/i,
    /\b(?:follow(?:ing)?[- ]up|call(?:ing)? (?:you|me) back|get(?:ting)? back to you|let you know|next steps?)\b/i,
    /\b(?:i|we)(?:'ll| will) (?:try|do|call|look forward|wait|send|let|go|check back|come)\b/i,
    /(?<!\p{L})(?:(?:le|te|les|os|lo|la|se lo) (?:\p{L}+(?:aré|eré|iré|aremos|eremos|iremos|arán|erán|irán|ará|erá))|\p{L}{3,}(?:aremos|eremos|iremos|aré|eré)|(?:voy|vamos|van|va) a \p{L}+(?:ar|er|ir)\p{L}*|en (?:un plazo de |unos? |los próximos )?(?:\d+|un|una|dos|tres|cinco|siete|diez) (?:minutos?|horas?|días?|semanas?)|(?:por favor,? )?(?:reinicie|reinicia|pruebe|prueba a|envíe|envía|espere|espera|llame|llama|contacte|descargue|actualice))(?!\p{L})/iu,
  ],
  not: [
    asks,
    /\banything else\b|\bconfirm(?:ing)?\b/i,
    /\b(?:if|what if) (?:you|i) (?:ask|could)\b/i,
    /\bone moment\b/i,
  ],
};

/** Greetings, thanks, names and numbers: what says nothing about the matter. */
export const smalltalk =
  /^(?:hi|hello|hey|hey ho|good (?:morning|afternoon|evening|day)|thanks?|thank you|thx|bye|goodbye|yes|yeah|yep|no|nope|ok|okay|sure|great|perfect|hola|buen[oa]s(?: días| tardes| noches)?|gracias|muchas gracias|adiós|sí|vale|de acuerdo)\b[\s,.!]*(?:there|all|again|so much|very much|you|please)?[\s,.!]*$|^(?:hi|hello|hey)?[\s,.!]*(?:(?:can|could) (?:you|somebody|someone) (?:please )?help(?: me)?(?: out)?(?: please)?|i (?:need|want) (?:some |your )?help|i have a (?:question|problem)|¿?(?:me )?puede[ns]? ayudar(?:me)?|tengo una (?:pregunta|duda))[\s,.!?]*$/iu;
