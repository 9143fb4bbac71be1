/** Numbers to test against: the formula weights and inputs, and results made by TensorFlow. */
package org.inceptionspark.goldens;
