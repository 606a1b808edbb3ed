import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { storedText } from '#contracts';

/** What a customer's token says. */
export interface CustomerClaim {
  tenant: string;
  customer: string;
  /** Seconds since 1970. */
  issuedAt: number;
}

/** A claim as it was presented. Nothing in it is true before `isSigned` has said so. */
export interface PresentedClaim {
  claim: CustomerClaim;
  signed: string;
  signature: string;
}

const shape = /^plc_([A-Za-z0-9_-]{1,512})\.([A-Za-z0-9_-]{43})$/;
const body = z.tuple([storedText.min(1), storedText.min(1), z.number().int().min(0)]);

/**
 * `plc_<claim>.<HMAC-SHA256 of the claim>`, both in base64url. There is one algorithm and no header that could name
 * another, which is why it is not a JWT.
 */
export function signCustomerToken({ tenant, customer, issuedAt }: CustomerClaim, secret: string): string {
  const signed = Buffer.from(JSON.stringify([tenant, customer, issuedAt])).toString('base64url');
  return `plc_${signed}.${signatureOf(signed, secret)}`;
}

/** The parts of a token, unproven; null for what is none. */
export function readCustomerToken(token: string): PresentedClaim | null {
  const [, signed, signature] = shape.exec(token) ?? [];
  if (!signed || !signature) return null;
  const [tenant, customer, issuedAt] = parse(Buffer.from(signed, 'base64url').toString()) ?? [];
  if (tenant === undefined || customer === undefined || issuedAt === undefined) return null;
  return { claim: { tenant, customer, issuedAt }, signed, signature };
}

/** Whether one of the secrets made the signature. The texts are compared, so a token has one spelling. */
export function isSigned({ signed, signature }: PresentedClaim, secrets: readonly string[]): boolean {
  return secrets.some((secret) =>
    timingSafeEqual(Buffer.from(signatureOf(signed, secret)), Buffer.from(signature)),
  );
}

function signatureOf(signed: string, secret: string): string {
  // The words keep the secret's other uses, should there ever be one, from signing a customer in.
  return createHmac('sha256', secret).update(`parlance customer token\n${signed}`).digest('base64url');
}

function parse(text: string): z.infer<typeof body> | undefined {
  try {
    return body.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
