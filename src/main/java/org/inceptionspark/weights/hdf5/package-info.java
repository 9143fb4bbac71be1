/** As much of HDF5 as Keras writes. Begin with {@code KerasHdf5}. */
package org.inceptionspark.weights.hdf5;
