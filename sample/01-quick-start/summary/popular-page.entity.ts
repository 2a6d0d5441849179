import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An entry of the cached summary. */
@Entity('popular_page')
export class PopularPage {
  @PrimaryColumn({ type: 'text' })
  path!: string;

  /** In the last minute. */
  @Column({ type: 'int' })
  visits!: number;

  @Column({ name: 'refreshed_at', type: 'timestamptz' })
  refreshedAt!: Date;
}
