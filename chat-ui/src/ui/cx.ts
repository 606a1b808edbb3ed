import { type ClassValue, clsx } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Class names joined, the later of two conflicting Tailwind classes winning. */
export const cx = (...classes: ClassValue[]): string => twMerge(clsx(classes));
