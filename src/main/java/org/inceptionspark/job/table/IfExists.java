package org.inceptionspark.job.table;

/** What to do if the output holds a labels table already. */
public enum IfExists {
  /** Stop before anything is read. */
  FAIL,
  /** Add what it does not hold yet. */
  APPEND
}
