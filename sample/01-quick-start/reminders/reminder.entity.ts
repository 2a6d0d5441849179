import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('reminder')
export class Reminder {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column({ type: 'text' })
  text!: string;

  /** When it is wanted. */
  @Column({ type: 'timestamptz' })
  at!: Date;

  /** When it was delivered. */
  @Column({ name: 'delivered_at', type: 'timestamptz', nullable: true })
  deliveredAt!: Date | null;
}
