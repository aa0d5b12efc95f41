/** Every recipe of the book: one folder, and one entry here. */
import { fields, oneOf } from '../../checkpoint/config.ts';
import { classifier } from './classifier/classifier.ts';
import { diffusion } from './diffusion/diffusion.ts';
import type { Kind, Recipe } from './recipe.ts';

export const RECIPES = { diffusion, classifier };

export type RecipeName = keyof typeof RECIPES;
/** The data types of a recipe. */
export type KindOf<Name extends RecipeName> =
  (typeof RECIPES)[Name] extends Recipe<infer K extends Kind> ? K : never;

/** Runs, files and links that name no recipe are of this one: they are older than the record. */
const FIRST = 'diffusion' satisfies RecipeName;
export type FirstKind = KindOf<typeof FIRST>;

/** The name of the recipe that settings, or what a file says of itself, belong to. Throws CheckpointError 'config' for an unknown one. */
export function recipeNameOf(of: unknown): RecipeName {
  const { recipe = FIRST } = fields(of, 'config');
  return oneOf({ recipe }, 'config', 'recipe', Object.keys(RECIPES) as RecipeName[]);
}

export const recipeOf = (of: unknown): Recipe => RECIPES[recipeNameOf(of)];
