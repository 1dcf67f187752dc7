import type { Example } from '../example.ts';
import { FeltBorder, FeltMark, FeltMedallion } from './Felt.tsx';

export const examples: Example[] = [
  {
    title: 'FeltBorder, FeltMedallion, FeltMark',
    render: () => (
      <div class="flow">
        <FeltBorder id="felt-example" />
        <FeltBorder id="felt-example-thin" size="thin" />
        <div class="btn-row">
          <FeltMedallion />
          <FeltMark size={56} />
        </div>
      </div>
    ),
  },
];
