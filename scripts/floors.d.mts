import { type Rule } from 'eslint';

export interface Floor {
  readonly folder: string;
  readonly reason: string;
  readonly not?: readonly string[];
}

export declare const floors: readonly Floor[];
export declare function floorOf(path: string): Floor | undefined;
export declare function refusal(importer: string, imported: string): string | null;
export declare const floorsRule: Rule.RuleModule;
