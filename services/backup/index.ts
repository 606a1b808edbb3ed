export { type BackupReport, backup } from './backup.ts';
export { type MoveReport, moveToPostgres } from './move.ts';
export { restore } from './restore.ts';
