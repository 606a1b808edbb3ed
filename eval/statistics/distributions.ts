/// <reference path="./cephes.d.ts" />
import { bdtr, compiled, ndtr, ndtri, stdtri } from 'cephes';

await compiled;

/** The value that a standard normal variable stays below with this probability, above 0 and below 1. */
export const normalQuantile = (probability: number): number => ndtri(probability);

/** The probability that a standard normal variable stays below this value. */
export const normalBelow = (value: number): number => ndtr(value);

/** The value that Student's t with so many whole degrees of freedom stays below with this probability. */
export const studentQuantile = (probability: number, freedom: number): number => stdtri(freedom, probability);

/** The probability of at most `hits` heads, 0 or more, in `tosses` of a fair coin. */
export const fairCoinAtMost = (hits: number, tosses: number): number =>
  hits >= tosses ? 1 : bdtr(hits, tosses, 0.5);
