import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the access log has been counted. */
@Entity('log_position')
export class LogPosition {
  @PrimaryColumn({ type: 'text' })
  log!: string;

  /** Bytes from the beginning of the file. */
  @Column({ type: 'int' })
  bytes!: number;
}
