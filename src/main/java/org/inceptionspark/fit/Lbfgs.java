package org.inceptionspark.fit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function by the limited-memory method of Broyden, Fletcher, Goldfarb
 * and Shanno, in plain loops of fixed order (Nocedal and Wright, Numerical Optimization, 2006,
 * algorithm 7.4 with backtracking to Armijo's condition).
 *
 * @param iterations at most
 * @param tolerance ends when a step lowers the value by less than this share, or the gradient is
 *     this much smaller than the point
 */
record Lbfgs(int iterations, double tolerance) {
  private static final int MEMORY = 10;
  private static final double ARMIJO = 1e-4;
  private static final int MOST_HALVINGS = 30;

  /** A function of many variables. */
  interface Objective {
    /** Returns the value at a point and writes the gradient. */
    double at(double[] point, double[] gradient);
  }

  /** Where the search ended, and after how many steps. */
  record Minimum(double[] point, double value, int iterations) {}

  /** A step and how the gradient changed along it. */
  private record Pair(double[] step, double[] change, double product) {}

  Minimum minimise(Objective objective, double[] start) {
    double[] point = start.clone();
    double[] gradient = new double[point.length];
    double value = objective.at(point, gradient);
    Deque<Pair> memory = new ArrayDeque<>();
    int done = 0;
    while (done < iterations && norm(gradient) > tolerance * Math.max(1, norm(point))) {
      double[] direction = direction(gradient, memory);
      double slope = dot(gradient, direction);
      double length = memory.isEmpty() ? Math.min(1, 1 / norm(gradient)) : 1;
      double[] next = new double[point.length];
      double[] nextGradient = new double[point.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving <= MOST_HALVINGS; halving++, length /= 2) {
        move(point, length, direction, next);
        nextValue = objective.at(next, nextGradient);
        if (nextValue <= value + ARMIJO * length * slope) {
          break;
        }
      }
      if (!(nextValue < value)) {
        break; // only rounding is left
      }
      done++;
      remember(memory, point, next, gradient, nextGradient);
      double gain = value - nextValue;
      point = next;
      gradient = nextGradient;
      value = nextValue;
      if (gain <= tolerance * Math.max(Math.abs(value), tolerance)) {
        break;
      }
    }
    return new Minimum(point, value, done);
  }

  private static void remember(
      Deque<Pair> memory, double[] point, double[] next, double[] gradient, double[] nextGradient) {
    double[] step = difference(next, point);
    double[] change = difference(nextGradient, gradient);
    double product = dot(step, change);
    if (product > 0) {
      memory.addLast(new Pair(step, change, product));
      if (memory.size() > MEMORY) {
        memory.removeFirst();
      }
    }
  }

  /** The two loops: minus the inverse Hessian, as remembered, times the gradient. */
  private static double[] direction(double[] gradient, Deque<Pair> memory) {
    double[] direction = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      direction[i] = -gradient[i];
    }
    double[] shares = new double[memory.size()];
    int index = memory.size();
    for (Iterator<Pair> pairs = memory.descendingIterator(); pairs.hasNext(); ) {
      Pair pair = pairs.next();
      shares[--index] = dot(pair.step(), direction) / pair.product();
      move(direction, -shares[index], pair.change(), direction);
    }
    if (!memory.isEmpty()) {
      Pair last = memory.getLast();
      double scale = last.product() / dot(last.change(), last.change());
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
    for (Pair pair : memory) {
      double share = dot(pair.change(), direction) / pair.product();
      move(direction, shares[index++] - share, pair.step(), direction);
    }
    return direction;
  }

  private static void move(double[] from, double length, double[] direction, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] + length * direction[i];
    }
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = new double[one.length];
    move(one, -1, other, difference);
    return difference;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
