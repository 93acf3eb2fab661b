from custom import ModelTraining

model_trainer = ModelTraining()
model_trainer.setModelTypeAsSmall()
model_trainer.setDataDirectory(["train/good", "train/defect"])
model_trainer.trainModel(num_objects=2, num_experiments=1, batch_size=10)
