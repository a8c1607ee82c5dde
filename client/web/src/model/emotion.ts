// The emotion curve's points: which feelings stand where, one line a persona.
// Called by the emotion lane; pure. Horizontal places are in stages (0 is the left edge of the first one, 1 its right).
import type { Feeling, Persona } from './entities';

export interface EmotionPoint {
  readonly card: string;
  readonly stage: string;
  /** Place within its stage, 0…1. */
  readonly within: number;
  /** Place along the whole map, in stages. */
  readonly x: number;
  /** −2…+2. */
  readonly score: number;
}

export interface EmotionLine {
  /** The persona's id, or '' for feelings of nobody in particular. */
  readonly persona: string;
  readonly name: string;
  /** Which of the line styles it has: colour, dash and mark go together. */
  readonly style: number;
  readonly points: readonly EmotionPoint[];
}

/** Six for personas, told apart by colour, dash and mark; the last is for feelings of nobody in particular. */
export const LINE_STYLES = 7;

/** The line a feeling belongs to: its persona's if that one exists, else nobody's. */
export function lineOf(card: Pick<Feeling, 'persona'>, personas: readonly Persona[]): string {
  return personas.some((persona) => persona.id === card.persona) ? (card.persona ?? '') : '';
}

/** The style of a persona's line: colour, dash and mark. Nobody's line keeps the last style. */
export function lineStyle(personas: readonly Persona[], persona: string): number {
  const index = personas.findIndex((one) => one.id === persona);
  return index < 0 ? LINE_STYLES - 1 : index % (LINE_STYLES - 1);
}

/** `cards` are one lane's feelings, in screen order; those without a score have no point. */
export function emotionLines(
  cards: readonly Feeling[],
  stages: readonly string[],
  personas: readonly Persona[],
): readonly EmotionLine[] {
  const owners = [...personas.map(({ id, name }) => ({ id, name })), { id: '', name: 'Everyone' }];
  return owners
    .map((owner) => {
      const own = cards.filter(
        (card) => card.score !== undefined && lineOf(card, personas) === owner.id,
      );
      const points = stages.flatMap((stage, place) => {
        const here = own.filter((card) => card.stage === stage);
        return here.map((card, position) => {
          const within = (position + 1) / (here.length + 1);
          return { card: card.id, stage, within, x: place + within, score: card.score ?? 0 };
        });
      });
      const style = lineStyle(personas, owner.id);
      return { persona: owner.id, name: owner.name || 'Unnamed', style, points };
    })
    .filter((line) => line.points.length > 0);
}
