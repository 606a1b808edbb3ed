import { bounded, formed, matches, type Recogniser } from '../found.ts';

const thing =
  'order|purchase|invoice|ticket|tracking|reference|ref|account|acct|booking|reservation|confirmation|case|claim|policy|transaction|shipment|parcel|bill|customer|client|member(?:ship)?|pedido|orden|compra|factura|cuenta|referencia|reserva|seguimiento|localizador|expediente|p[oó]liza|caso|env[ií]o|paquete|cliente|socio|incidencia';
const called = String.raw`(?:[ ,]{1,2}(?:with|whose|con|with the|con el|my|mi)?)?(?: {0,2}(?:number|num|nbr|no|n[uú]mero|n[uú]m|id|code|c[oó]digo|de|is|es|was|as follows|(?:has to|should|would|must) be|:|#|n\.?[º°]|nº|[.º°])){0,4}`;
const value = String.raw`(?<value>#?(?=[A-Z\d\-/]{0,20}\d{3})[A-Z\d]{1,20}(?:[\-/][A-Z\d]{1,15}){0,4})`;

const named = bounded(
  String.raw`(?<![\p{L}\p{N}])(?:${thing})${called}[ :#]{1,3}${value}(?![\p{L}\p{N}])`,
  'i',
);
const hashed = bounded(String.raw`(?<![\p{L}\p{N}&])(?<value># ?[A-Z]{0,4}-?\d{4,20})(?![\p{L}\p{N}])`, 'i');

/** Numbers of orders, invoices, tickets and accounts: only behind a word for such a thing, or behind #. */
export const reference: Recogniser = {
  kinds: ['reference'],
  find: (plain) =>
    [named, hashed].flatMap((pattern) =>
      [...matches(plain, pattern)].map((match) => {
        const text = match.groups?.value ?? '';
        const end = (match.index ?? 0) + match[0].length;
        return formed('reference', end - text.length, end, 0.7);
      }),
    ),
};
