/** Verbs, by their beginnings, with which authors say what they did. */
const did =
  'propos|present|introduc|show|develop|describ|stud[yi]|investigat|find|found|demonstrat|report|provid|explor|examin|address|analy[sz]|argu|suggest|conclud|recommend|consider|design|prove|evaluat|compar|extend|appl[yi]|deriv|offer|establish|identif|aim|focus|discuss';
const work = 'paper|article|report|study|work|document|letter|review|proposal|approach|method';
const between =
  'also|first|then|further|here|now|thus|therefore|will|have|theoretically|empirically|experimentally';

const announcements = [
  new RegExp(`\\b(?:we|i|(?:this|the|our) (?:${work}))(?: (?:${between}))? (?:${did})`, 'i'),
  new RegExp(`\\b(?:this|our) (?:${work})\\b`, 'i'),
  /\bin (?:summary|short|conclusion|brief)\b|\bto (?:sum up|summari[sz]e|conclude)\b|\boverall\b/i,
  /(?<!\p{L})(?:proponemos|presentamos|introducimos|mostramos|demostramos|describimos|estudiamos|analizamos|concluimos|recomendamos)(?!\p{L})/iu,
  /(?<!\p{L})(?:este|nuestro) (?:artículo|informe|estudio|trabajo|documento|método)(?!\p{L})/iu,
  /(?<!\p{L})(?:en (?:resumen|conclusión|definitiva)|para (?:resumir|concluir))(?!\p{L})/iu,
];

/** True when a sentence says, in English or Spanish, what its text is about or what it comes to (the cue phrases of Edmundson 1969). */
export const announces = (sentence: string): boolean => announcements.some((each) => each.test(sentence));
