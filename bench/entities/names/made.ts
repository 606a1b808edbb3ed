import { bareWord, familyNames, givenNames, listedAs, placeNames, wordsIn } from '#nlp';
import type { Random } from '../random.ts';
import type { MarkedText, NameKind } from './rows.ts';

export const title = (name: string) => name.replace(/(?<![\p{L}'])\p{L}/gu, (letter) => letter.toUpperCase());

/** How somebody may be called. @param given @param family what to choose from */
export function personFrom(random: Random, given: string[], family: string[], spanish: boolean): string {
  const first = title(random.one(given));
  const last = title(random.one(family));
  const way = random.next();
  if (way < 0.45) return first;
  if (way < 0.8 || !spanish) return way > 0.95 ? `${first[0]}. ${last}` : `${first} ${last}`;
  return way < 0.9
    ? `${first} ${last} ${title(random.one(family))}`
    : `${first} ${random.one(['de', 'de la', 'del'])} ${last}`;
}

const brands =
  'Amazon,Netflix,Visa,Mastercard,PayPal,Apple,Google,Microsoft,Uber,Lyft,Spotify,Samsung,Vodafone,Movistar,Iberia,Ryanair,Zara,Ikea,Starbucks,Walmart,Tesco,Lidl,Mercadona,Santander,BBVA,Barclays,HSBC,Chase,Citibank,Revolut,Facebook,Instagram,WhatsApp,Twitter,Tesla,Toyota,Ford,Nike,Adidas,FedEx,UPS,DHL,Correos,Verizon,AT&T,Comcast,Delta,United Airlines,British Airways,Bank of America,American Express,Best Buy,Home Depot,Burger King,El Corte Inglés'.split(
    ',',
  );
const trades = [
  'Bank',
  'Insurance',
  'Airlines',
  'Motors',
  'Group',
  'Ltd',
  'Inc',
  'LLC',
  '& Sons',
  'Solutions',
  'Clinic',
  'Hotel',
  'Restaurant',
  'S.L.',
  'S.A.',
  'University',
  'Pizza',
  'Cafe',
  'Telecom',
];
function organizationFrom(random: Random): string {
  if (random.chance(0.5)) return random.one(brands);
  const name = title(random.one(familyNames));
  return random.chance(0.2)
    ? `${random.one(['Banco', 'Hotel', 'Restaurante', 'Seguros', 'Grupo'])} ${name}`
    : `${name} ${random.one(trades)}`;
}

const english =
  "my name is {P}|My name is {P}.|the technician, {P}, came late|it was addressed to {P}|book it for {P} and me|{P} is not on the list|I forwarded it to {P}|could {P} sign for it?|met {P} in {L}|ring {P} back|order for {P}|add {P} to my policy|remove {P} from the account|with {P} on Friday|according to {P} it is free|passenger: {P}|guest {P}, room 12|reach out to {P}|{P}, my manager, agreed|I'm {P} and I need help|this is {P}|Hi, this is {P} calling from {L}|I spoke with {P} yesterday|I talked to {P} from {O}|the agent was called {P}|can I talk to {P} please|please tell {P} to call me|{P} told me that my refund was on its way|is {P} there?|send it to {P} in {L}|my husband {P} has an account with you|my wife {P} ordered it|my daughter {P} lives in {L}|I live in {L}|I am moving to {L} next month|deliver it to {L}|is there a branch in {L}?|I am traveling from {L} to {L}|I bought it from {O}|I used to be with {O}|my {O} account is blocked|does {O} ship to {L}?|the account belongs to {P}|it is under the name {P}|name on the account: {P}|Dear {P},|Hello {P}, how are you?|Thanks, {P}|Regards, {P}|{P} here|Mr. {F} did not answer|Mrs. {F} helped me|ask Dr. {F}|email {P} about the invoice|schedule a meeting with {P} at {O}|remind me to call {P}|what is the weather in {L}|transfer 20 dollars to {P}|{P} and {P} are both on the policy|my full name is {P}|call {P} at {O} in {L}|{P} wants a refund|I work for {O} in {L}|flight from {L} to {L} on {O}|customer: {P}|agent: {P}|I am {P} from {L}|it was signed by {P}|{P}'s order is late|I want to cancel {P}'s card".split(
    '|',
  );
const spanish =
  'me llamo {P}|el técnico, {P}, llegó tarde|iba dirigido a {P}|resérvelo para {P} y para mí|{P} no está en la lista|se lo reenvié a {P}|¿puede firmar {P}?|conocí a {P} en {L}|llama a {P}|pedido para {P}|añade a {P} a mi póliza|quita a {P} de la cuenta|con {P} el viernes|según {P} es gratis|pasajero: {P}|habitación de {P}|avisa a {P}|{P}, mi jefe, lo aprobó|Me llamo {P} y necesito ayuda|mi nombre es {P}|soy {P}|Hola, soy {P} de {L}|habla {P}|le habla {P} de {O}|ayer hablé con {P}|me atendió {P}|quiero hablar con {P}|dile a {P} que me llame|recuérdame llamar a {P}|{P} me dijo que ya estaba enviado|¿está {P}?|envíelo a {P} en {L}|mi marido {P} tiene una cuenta|mi mujer {P} hizo el pedido|mi hija {P} vive en {L}|vivo en {L}|me mudo a {L}|¿hay una tienda en {L}?|viajo de {L} a {L}|lo compré en {O}|mi cuenta de {O} está bloqueada|¿{O} envía a {L}?|la cuenta está a nombre de {P}|a nombre de {P}|titular: {P}|Estimado {P}:|Estimada {P},|Hola {P}, ¿qué tal?|Gracias, {P}|Un saludo, {P}|Saludos, {P}|el señor {F} no contestó|la señora {F} me ayudó|el Sr. {F} lo sabe|la doctora {F}|escribe a {P} sobre la factura|reunión con {P} de {O}|el cumpleaños de {P}|qué tiempo hace en {L}|transfiere 20 euros a {P}|{P} y {P} están en la póliza|mi nombre completo es {P}|{P} quiere un reembolso|trabajo en {O} en {L}|vuelo de {L} a {L} con {O}|cliente: {P}|agente: {P}|soy {P}, de {L}|lo firmó {P}|el pedido de {P} no llega|cancelar la tarjeta de {P}'.split(
    '|',
  );

/** A sentence of customer service with names in it. */
export function framed(random: Random): MarkedText {
  const es = random.chance(0.5);
  return filled(random.one(es ? spanish : english), (slot) => {
    if (slot === 'P') return personFrom(random, givenNames, familyNames, es);
    if (slot === 'O') return organizationFrom(random);
    return title(random.one(slot === 'F' ? familyNames : placeNames));
  });
}

const kindOf: Record<string, NameKind> = { P: 'person', F: 'person', L: 'place', O: 'organization' };

export function filled(frame: string, nameFor: (slot: string) => string): MarkedText {
  const result: MarkedText = { text: '', marks: [] };
  for (const part of frame.split(/(\{[A-Z]\})/)) {
    const slot = part[1] ?? '';
    if (!/^\{[A-Z]\}$/.test(part)) result.text += part;
    else {
      const start = result.text.length;
      result.text += nameFor(slot);
      result.marks.push({ start, end: result.text.length, kind: kindOf[slot] ?? 'ignore' });
    }
  }
  return result;
}

/**
 * A sentence whose large letters say what is a name, with other names in their place; undefined where they leave a doubt.
 * @param usual large words that are no names: languages, days
 */
export function fromLargeLetters(
  text: string,
  usual: Set<string>,
  random: Random,
  spanish: boolean,
): MarkedText | undefined {
  const words = wordsIn(text);
  const listed = listedAs(words.map((word) => bareWord(word.text)));
  const kinds = words.map(({ text: word }, at): NameKind | 'doubt' | undefined => {
    const list = listed[at] ?? '-';
    if (!/^\p{Lu}/u.test(word) || list.includes('c') || usual.has(word)) return undefined;
    if (list.includes('G') && !list.includes('P')) return 'person';
    if (list.includes('P') && !/[GF]/.test(list)) return 'place';
    return list.includes('F') && kindsBefore(words, listed, at) ? 'person' : 'doubt';
  });
  if (kinds.includes('doubt')) return undefined;
  const result: MarkedText = { text: '', marks: [] };
  let from = 0;
  for (let at = 0; at < words.length; ) {
    const kind = kinds[at];
    let to = at + 1;
    if (!kind || kind === 'doubt') {
      at = to;
      continue;
    }
    while (kinds[to] === kind && words[to]?.start === (words[to - 1]?.end ?? 0) + 1) to++;
    const [first, last] = [words[at], words[to - 1]];
    if (!first || !last) break;
    result.text += text.slice(from, first.start);
    const start = result.text.length;
    if (random.chance(0.3)) result.text += text.slice(first.start, last.end);
    else
      result.text +=
        kind === 'person'
          ? personFrom(random, givenNames, familyNames, spanish)
          : title(random.one(placeNames));
    result.marks.push({ start, end: result.text.length, kind });
    from = last.end;
    at = to;
  }
  result.text += text.slice(from);
  return result;
}

function kindsBefore(words: { text: string }[], listed: string[], at: number): boolean {
  return /^\p{Lu}/u.test(words[at - 1]?.text ?? '') && (listed[at - 1] ?? '').includes('G');
}
