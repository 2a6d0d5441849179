import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How often a page was visited in one window of time. */
@Entity('visit_window')
export class VisitWindow {
  @PrimaryColumn({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @PrimaryColumn({ type: 'text' })
  path!: string;

  @Column({ type: 'int' })
  visits!: number;
}
